package dev.slipway.apiserver.access;

import dev.slipway.apiserver.access.CertificateMaker.Signed;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.access.CertificateRequest;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The secrets of an installation, as they lie in its data folder: made at the first start, read at the next ones.
///
/// `keys/` holds the authority's and the server's keys and the one that signs sessions; `ca.crt`, `token` and
/// `kubeconfig` are for clients. Immutable.
public final class Credentials {
    /// How long before its end the server's certificate is renewed.
    public static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    private static final int SECRET_BYTES = 32;

    private final Path folder;
    private final Signed authority;
    private final Signed server;
    private final String token;
    private final byte[] sessionKey;
    private final TicketKeys tickets;
    private final Clock clock;
    private final SecureRandom random;

    private Credentials(
            Path folder,
            Signed authority,
            Signed server,
            String token,
            byte[] sessionKey,
            Clock clock,
            SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.folder = folder;
        this.authority = authority;
        this.server = server;
        this.token = token;
        this.sessionKey = sessionKey;
        this.tickets = new TicketKeys(folder.resolve("keys/tickets.keys"), clock, random);
    }

    /// Reads what is there and makes what is missing.
    ///
    /// @param hosts the names and addresses that the server is reached by, besides the loopback's
    public static Credentials open(
            Path folder, Collection<String> hosts, Clock clock, SecureRandom random) {
        try {
            return new Maker(folder, clock, random).open(hosts);
        } catch (IOException | GeneralSecurityException e) {
            throw problem("cannot read or make the keys in " + folder, e);
        }
    }

    /// What the admin shows as bearer.
    public String token() {
        return token;
    }

    /// What signs browser sessions.
    public byte[] sessionKey() {
        return sessionKey.clone();
    }

    /// The certificate of the authority that signed the server's.
    public X509Certificate authority() {
        return authority.certificate();
    }

    /// The key of the server's certificate.
    public PrivateKey serverKey() {
        return server.key();
    }

    /// The server's certificate and the authority's, as clients are shown them.
    public X509Certificate[] serverChain() {
        return new X509Certificate[] {server.certificate(), authority.certificate()};
    }

    /// What the tickets of TLS sessions are made with.
    public TicketKeys tickets() {
        return tickets;
    }

    /// The same as text, as clients keep it.
    public String authorityText() {
        try {
            return Pem.write(authority.certificate());
        } catch (GeneralSecurityException e) {
            throw problem("cannot write the certificate of the authority in " + folder, e);
        }
    }

    /// The server's certificate and key, for TLS. It stays in memory, so the older form will do, which spares every start
    /// the rounds that keep a password from being guessed.
    public KeyStore keyStore() {
        try {
            var store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry("server", server.key(), new char[0], serverChain());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key store in memory cannot fail", e);
        }
    }

    /// Writes `kubeconfig` for an API at this address; a file that says so already is left alone.
    public Path writeKubeconfig(URI api) {
        var file = folder.resolve("kubeconfig");
        try {
            var cluster = cluster(api);
            if (!PrivateFiles.read(file).map(text -> holds(text, cluster)).orElse(false)) {
                PrivateFiles.write(file, kubeconfig(cluster, "admin", Map.of("token", token)));
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw problem("cannot write " + file, e);
        }
    }

    /// A kubeconfig by which somebody is known for a while: its certificate names them and their groups.
    public String clientKubeconfig(URI api, String name, List<String> groups, Duration lifetime) {
        try {
            var maker = new CertificateMaker(clock, random);
            var signed = maker.client(authority, name, groups, lifetime);
            return kubeconfig(
                    cluster(api),
                    name,
                    Tree.of(
                            "client-certificate-data",
                            base64(Pem.write(signed.certificate())),
                            "client-key-data",
                            base64(Pem.write(signed.key()))));
        } catch (GeneralSecurityException e) {
            throw problem("cannot make a certificate for " + name, e);
        }
    }

    /// A certificate as text for whoever asked for one and was approved.
    public String sign(CertificateRequest request, Duration lifetime) {
        try {
            var maker = new CertificateMaker(clock, random);
            return Pem.write(maker.client(authority, request, lifetime));
        } catch (GeneralSecurityException e) {
            throw problem("cannot sign a certificate for " + request.principal(), e);
        }
    }

    private Map<String, Object> cluster(URI api) throws GeneralSecurityException {
        return Map.of("server", api.toString(), "certificate-authority-data", authorityData());
    }

    private boolean holds(String text, Map<String, Object> cluster) {
        return text.contains(token)
                && cluster.values().stream().allMatch(value -> text.contains((String) value));
    }

    private String authorityData() throws GeneralSecurityException {
        return base64(Pem.write(authority.certificate()));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static String kubeconfig(
            Map<String, Object> cluster, String user, Map<String, Object> shown) {
        var name = "slipway";
        var context = Map.of("cluster", name, "user", user, "namespace", "default");
        return Yaml.write(
                Tree.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Config",
                        "clusters",
                        List.of(Tree.of("name", name, "cluster", cluster)),
                        "users",
                        List.of(Tree.of("name", user, "user", shown)),
                        "contexts",
                        List.of(Tree.of("name", name, "context", context)),
                        "current-context",
                        name));
    }

    private static ProblemException problem(String what, Exception e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Problem.of(Reason.SERVICE_UNAVAILABLE, what + ": " + why).exception();
    }

    /// Reads and makes the files, once.
    private record Maker(Path folder, Clock clock, SecureRandom random) {
        Credentials open(Collection<String> hosts) throws IOException, GeneralSecurityException {
            Files.createDirectories(folder);
            PrivateFiles.folder(keys());
            var authority = authority();
            return new Credentials(
                    folder,
                    authority,
                    server(authority, all(hosts)),
                    secret(folder.resolve("token"), this::token),
                    HexFormat.of().parseHex(secret(keys().resolve("session.key"), this::hex)),
                    clock,
                    random);
        }

        private Path keys() {
            return folder.resolve("keys");
        }

        private static Set<String> all(Collection<String> hosts) {
            var all = new LinkedHashSet<>(List.of("127.0.0.1", "::1", "localhost"));
            all.addAll(hosts);
            return all;
        }

        private Signed authority() throws IOException, GeneralSecurityException {
            var found = read("ca");
            var authority =
                    found.isPresent() && isFresh(found.get().certificate())
                            ? found.get()
                            : write("ca", new CertificateMaker(clock, random).authority());
            var pem = Pem.write(authority.certificate());
            var copy = folder.resolve("ca.crt");
            if (!PrivateFiles.read(copy).orElse("").equals(pem)) {
                PrivateFiles.write(copy, pem);
            }
            return authority;
        }

        private Signed server(Signed authority, Set<String> hosts)
                throws IOException, GeneralSecurityException {
            var found = read("server");
            return found.isPresent() && serves(found.get().certificate(), authority, hosts)
                    ? found.get()
                    : write("server", new CertificateMaker(clock, random).server(authority, hosts));
        }

        private boolean serves(X509Certificate certificate, Signed authority, Set<String> hosts)
                throws GeneralSecurityException {
            return isFresh(certificate)
                    && certificate
                            .getIssuerX500Principal()
                            .equals(authority.certificate().getSubjectX500Principal())
                    && names(certificate).containsAll(names(hosts));
        }

        private boolean isFresh(X509Certificate certificate) {
            return certificate
                    .getNotAfter()
                    .toInstant()
                    .isAfter(clock.instant().plus(RENEWED_BEFORE));
        }

        private static Set<String> names(X509Certificate certificate)
                throws GeneralSecurityException {
            var names = new TreeSet<String>();
            for (var name : certificate.getSubjectAlternativeNames()) {
                names.add(String.valueOf(name.get(1)));
            }
            return names;
        }

        /// As certificates print them: IPv6 addresses in full.
        private static Set<String> names(Set<String> hosts) {
            var names = new TreeSet<>(hosts);
            if (names.remove("::1")) {
                names.add("0:0:0:0:0:0:0:1");
            }
            return names;
        }

        private Optional<Signed> read(String name) throws IOException, GeneralSecurityException {
            var text = PrivateFiles.read(pem(name));
            return text.isPresent()
                    ? Optional.of(new Signed(Pem.certificate(text.get()), Pem.key(text.get())))
                    : Optional.empty();
        }

        /// Key and certificate in one file, so that no crash leaves a pair that does not match.
        private Signed write(String name, Signed signed)
                throws IOException, GeneralSecurityException {
            PrivateFiles.write(
                    pem(name), Pem.write(signed.key()) + Pem.write(signed.certificate()));
            return signed;
        }

        private Path pem(String name) {
            return keys().resolve(name + ".pem");
        }

        private static String secret(Path file, Supplier<String> made) throws IOException {
            var found = PrivateFiles.read(file).map(String::strip).orElse("");
            if (!found.isEmpty()) {
                return found;
            }
            var secret = made.get();
            PrivateFiles.write(file, secret + "\n");
            return secret;
        }

        private String token() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
        }

        private String hex() {
            return HexFormat.of().formatHex(bytes());
        }

        private byte[] bytes() {
            var bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
