package dev.slipway.app;

import dev.slipway.apiserver.Api;
import dev.slipway.apiserver.InProcessApiClient;
import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.ClientCertificates;
import dev.slipway.apiserver.access.Credentials;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.access.Impersonation;
import dev.slipway.apiserver.access.LoginCodes;
import dev.slipway.apiserver.access.Sessions;
import dev.slipway.apiserver.audit.AuditTrail;
import dev.slipway.apiserver.http.FrontDoor;
import dev.slipway.apiserver.http.Health;
import dev.slipway.apiserver.http.Hosts;
import dev.slipway.apiserver.http.Limits;
import dev.slipway.apiserver.http.Metrics;
import dev.slipway.apiserver.http.SignIn;
import dev.slipway.apiserver.http.WebServer;
import dev.slipway.apiserver.oidc.IssuedTokens;
import dev.slipway.apiserver.token.Bearers;
import dev.slipway.apiserver.token.StaticToken;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.catalog.Catalog;
import dev.slipway.client.ApiClient;
import dev.slipway.cluster.Clusters;
import dev.slipway.control.Controller;
import dev.slipway.control.ControllerRuntime;
import dev.slipway.control.Fanout;
import dev.slipway.control.Feature;
import dev.slipway.control.access.Access;
import dev.slipway.control.certificate.Certificates;
import dev.slipway.control.core.Core;
import dev.slipway.control.plan.OverlayPlanner;
import dev.slipway.control.policy.Policies;
import dev.slipway.graph.Graphs;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.store.Compaction;
import dev.slipway.kernel.store.Compactor;
import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Keyring;
import dev.slipway.kernel.store.Store;
import dev.slipway.portal.Portal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The whole platform: what is started, in start order. Closed in the reverse order; a start that fails closes what
/// it had started.
final class Platform implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Platform.class.getName());

    /// How many items of collections are made at once, beside those that their controllers make themselves.
    private static final int ITEMS_AT_ONCE = 16;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Config config;
    private final Clock clock;
    private final SignIn signIn;
    private final WebServer server;
    private final Path kubeconfig;
    private final ApiClient admin;

    /// Starts everything; on return both ports answer and writes are accepted.
    static Platform start(Config config, Clock clock, SecureRandom random) {
        return new Platform(config, clock, random);
    }

    private Platform(Config config, Clock clock, SecureRandom random) {
        this.config = config;
        this.clock = clock;
        try {
            var folder = started(DataFolder.open(config.data()));
            var core = started(Ahead.of("start-kinds", () -> new Core(clock)));
            var keys =
                    started(
                            Ahead.of(
                                    "start-keys",
                                    () ->
                                            Credentials.open(
                                                    config.data(),
                                                    config.certified(),
                                                    clock,
                                                    random)));
            var keyring = new Keyring(folder.resolve("keys"), random);
            var opened =
                    started(
                            OpenStore.open(
                                    config, folder, keyring, clock, random, System.getenv()));
            var store = opened.store();
            Logs.toFiles(folder);
            var credentials = keys.get();
            var kinds = started(new KindsView(store, List.of()));
            var relations = started(new Relations(store, kinds::current));

            var lockbox = keyring.lockbox(Tokens.PURPOSE);
            var rbac = new Rbac(store::state);
            var access =
                    new Access(
                            rbac,
                            credentials.authorityText(),
                            own -> new Tokens(own, lockbox, clock, random, List.of())::ofSecret);
            var features = features(core.get(), access, rbac, relations, credentials);
            features.forEach(feature -> kinds.add(feature.kinds()));
            features.forEach(feature -> relations.register(feature.relations()));
            var resources = new StoredResources(store, kinds, admitters(features), clock, random);
            Bootstrap.run(resources);
            var controllers =
                    started(
                            Leadership.start(
                                    opened.lease(),
                                    epoch ->
                                            new ControllerRuntime(
                                                    store,
                                                    controllers(features, resources.under(epoch)),
                                                    clock,
                                                    random)));

            started(
                    Compaction.start(
                            opened.compactor(), opened::isOurs, Compaction.Pace.defaults()));

            var tokens = new Tokens(resources, lockbox, clock, random, bearers(credentials));
            tokens.renewKeys();
            var api =
                    new Api(
                            resources,
                            store,
                            relations,
                            Authorizer.of(rbac),
                            tokens,
                            trail(folder),
                            Version.CURRENT,
                            clock,
                            random,
                            Optional.of(
                                    new OverlayPlanner(
                                            store, kinds, relations, features, clock, random)));
            var sessions = new Sessions(credentials.sessionKey(), clock, random, tokens::isPresent);
            admin = new InProcessApiClient(api, Identities.ADMIN);
            signIn = new SignIn(sessions, new LoginCodes(clock, random), this::entrance);
            var portal =
                    started(
                            new Portal(
                                    who -> new InProcessApiClient(api, who),
                                    sessions::csrf,
                                    clock));
            var rooms =
                    new FrontDoor.Rooms(
                            api,
                            tokens,
                            portal,
                            signIn,
                            health(opened, controllers, relations),
                            metrics(store, opened.compactor(), controllers));
            var guards =
                    new FrontDoor.Guards(
                            new ClientCertificates(credentials.authority(), clock),
                            tokens,
                            sessions,
                            new Impersonation(Authorizer.of(rbac)));
            server = started(server(rooms, credentials, guards));
            server.bind();
            kubeconfig = credentials.writeKubeconfig(server.api());
            server.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The features in start order; those that were switched off are left out.
    private List<Feature> features(
            Core core, Access access, Rbac rbac, Relations relations, Credentials credentials) {
        return Stream.of(
                        core,
                        access,
                        new Certificates(rbac, credentials::sign, clock),
                        new Policies(rbac),
                        new Graphs(clock, rbac, Fanout.upTo(ITEMS_AT_ONCE)),
                        new Catalog(relations, clock),
                        new Clusters(clock, rbac))
                .filter(feature -> config.with(feature.name()))
                .toList();
    }

    /// An address that signs a browser in, once, within ten minutes.
    URI signInAddress() {
        return signIn.address();
    }

    /// Where the portal listens.
    URI portal() {
        return server.portal();
    }

    /// Where browsers come in: by the name that others know, else by the portal's own port.
    private URI entrance() {
        return config.elsewhere(server.api().getPort()).orElseGet(this::portal);
    }

    /// Where the API listens.
    URI api() {
        return server.api();
    }

    /// The file that kubectl takes.
    Path kubeconfig() {
        return kubeconfig;
    }

    /// The API as the administrator, in this process.
    ApiClient admin() {
        return admin;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static List<Admitter> admitters(List<Feature> features) {
        return features.stream().flatMap(feature -> feature.admitters().stream()).toList();
    }

    private static List<Controller> controllers(List<Feature> features, Resources resources) {
        return features.stream()
                .flatMap(feature -> feature.controllers(resources).stream())
                .toList();
    }

    /// What `/readyz?verbose` lists: each view with the revision that it has reached and how far it is behind.
    private static Health health(OpenStore opened, Leadership controllers, Relations relations) {
        var store = opened.store();
        var checks = new ArrayList<>(opened.checks());
        checks.add(new Health.Check("state", () -> reached(store, store.state().revision())));
        checks.add(new Health.Check("relations", () -> reached(store, relations.revision())));
        checks.add(new Health.Check("controllers", () -> led(store, controllers)));
        return new Health(checks);
    }

    private static Health.Finding led(Store store, Leadership controllers) {
        return controllers
                .running()
                .map(runtime -> reached(store, runtime.reached()))
                .orElseGet(() -> new Health.Finding(true, "run by another process"));
    }

    private static Health.Finding reached(Store store, long revision) {
        var behind = Math.max(0, store.state().revision() - revision);
        return new Health.Finding(true, "at revision %d, %d behind".formatted(revision, behind));
    }

    private static Metrics metrics(Store store, Compactor compactor, Leadership controllers) {
        return new Metrics()
                .gauge("slipway_store_revision", () -> store.state().revision())
                .gauge("slipway_store_state_bytes", () -> store.state().bytes())
                .gauge("slipway_store_watches", store::watches)
                .gauge("slipway_store_examined_total", compactor::examined)
                .gauge("slipway_store_compacted_total", compactor::removed)
                .gauge("slipway_store_swept_seconds", compactor::swept)
                .gauge(
                        "slipway_controllers_revision",
                        () -> controllers.running().map(ControllerRuntime::reached).orElse(0L))
                .gauge(
                        "slipway_controllers_backlog",
                        () -> controllers.running().map(ControllerRuntime::backlog).orElse(0));
    }

    /// Notes reads in files, where a policy names any.
    private AuditTrail trail(DataFolder folder) {
        return config.auditedReads().isEmpty()
                ? AuditTrail.none()
                : new AuditTrail(
                        config.auditedReads(), started(AuditLog.open(folder))::note, clock);
    }

    /// Those who bear tokens that are no service account's.
    private List<Bearers> bearers(Credentials credentials) {
        return List.of(
                new StaticToken(credentials.token(), Identities.ADMIN),
                new IssuedTokens(config.issuers(), clock));
    }

    private WebServer server(
            FrontDoor.Rooms rooms, Credentials credentials, FrontDoor.Guards guards) {
        var hosts = new Hosts(config.hosts());
        return new WebServer(
                address(config.portal()),
                address(config.api()),
                credentials,
                new FrontDoor(rooms, hosts, guards),
                Limits.defaults(),
                WebServer.Patience.defaults());
    }

    private static WebServer.Address address(Address address) {
        return new WebServer.Address(address.host(), address.port());
    }

    private <T extends AutoCloseable> T started(T one) {
        started.push(one);
        return one;
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            LOG.log(
                    Level.WARNING,
                    "%s did not close cleanly".formatted(one.getClass().getSimpleName()),
                    e);
        }
    }
}
