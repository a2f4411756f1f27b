package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Browser sessions as signed cookies: who, until when; they outlive a restart and are kept nowhere.
///
/// Sessions that were signed out are remembered until the process ends. May be used from any thread.
public final class Sessions implements Authenticator {
    /// How long a sign-in lasts.
    public static final Duration LIFETIME = Duration.ofDays(7);

    /// How many signed-out sessions are remembered; the oldest is forgotten first.
    public static final int MAX_ENDED = 10_000;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;
    private final SecureRandom random;
    private final String cookie;
    private final Predicate<User> present;
    private final Set<String> ended = new LinkedHashSet<>();

    /// Whoever signed in stays who they are.
    public Sessions(byte[] key, Clock clock, SecureRandom random) {
        this(key, clock, random, _ -> true);
    }

    /// @param present whether a user is still there who signed in once
    public Sessions(byte[] key, Clock clock, SecureRandom random, Predicate<User> present) {
        this.present = present;
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = clock;
        this.random = random;
        // Cookies know no ports: servers on one host keep apart by the cookie's name.
        this.cookie = "slipway_" + HexFormat.of().formatHex(Arrays.copyOf(sign("name"), 4));
    }

    /// The `Set-Cookie` header of a new session.
    public String begin(Identity identity, boolean secure) {
        var id = new byte[16];
        random.nextBytes(id);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("id", HexFormat.of().formatHex(id));
        claims.put("user", identity.user());
        claims.put("groups", List.copyOf(identity.groups()));
        var lifetime = lifetime(identity);
        claims.put("uid", identity.who().uid());
        claims.put("by", identity.by());
        claims.put("extra", new LinkedHashMap<String, Object>(identity.who().extra()));
        claims.put("until", clock.instant().plus(lifetime).getEpochSecond());
        var payload = encode(Json.write(claims));
        return header(payload + "." + encode(sign("session:" + payload)), lifetime, secure);
    }

    /// Not longer than the credentials that the session was begun with.
    private Duration lifetime(Identity identity) {
        var now = clock.instant();
        return identity.until().isBefore(now.plus(LIFETIME))
                ? Duration.between(now, identity.until())
                : LIFETIME;
    }

    /// Ends the session of an identity; the `Set-Cookie` header that takes the cookie away.
    public synchronized String end(Identity identity, boolean secure) {
        if (ended.size() >= MAX_ENDED) {
            ended.remove(ended.iterator().next());
        }
        ended.add(identity.session());
        return header("", Duration.ZERO, secure);
    }

    /// The token that forms of this session carry, so that no other site's form passes for one.
    public String csrf(Identity identity) {
        return encode(sign("csrf:" + identity.session()));
    }

    /// Whether `shown` is the token of this session's forms.
    public boolean isCsrf(Identity identity, String shown) {
        return MessageDigest.isEqual(
                csrf(identity).getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Authentication authenticate(WebRequest request) {
        var value = request.header("cookie").flatMap(this::find);
        if (value.isEmpty()) {
            return new Authentication.Nobody();
        }
        return read(value.get())
                .<Authentication>map(Authentication.Known::new)
                .orElseGet(Authentication.Nobody::new);
    }

    private Optional<String> find(String cookies) {
        return Arrays.stream(cookies.split("[;,]"))
                .map(String::strip)
                .filter(one -> one.startsWith(cookie + "="))
                .map(one -> one.substring(cookie.length() + 1))
                .findFirst();
    }

    private Optional<Identity> read(String value) {
        var dot = value.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        var payload = value.substring(0, dot);
        var signature = encode(sign("session:" + payload)).getBytes(StandardCharsets.UTF_8);
        var shown = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(signature, shown) ? claims(payload) : Optional.empty();
    }

    private Optional<Identity> claims(String payload) {
        try {
            var claims = Json.readObject(Base64.getUrlDecoder().decode(payload));
            var id = Json.string(claims, "id");
            var good =
                    claims.get("until") instanceof Long until
                            && clock.instant().getEpochSecond() < until
                            && !isEnded(id);
            return good
                    ? Optional.of(identity(claims, id)).filter(one -> present.test(one.who()))
                    : Optional.empty();
        } catch (IllegalArgumentException | MalformedException e) {
            return Optional.empty();
        }
    }

    private static Identity identity(Map<String, Object> claims, String id) {
        var groups = Json.list(claims, "groups").stream().map(String::valueOf).toList();
        Map<String, List<String>> extra = new LinkedHashMap<>();
        Json.object(claims, "extra")
                .forEach((key, values) ->
                        extra.put(
                                key,
                                values instanceof List<?> list
                                        ? list.stream().map(String::valueOf).toList()
                                        : List.of()));
        var user = new User(Json.string(claims, "user"), Json.string(claims, "uid"), groups, extra);
        var until = claims.get("until") instanceof Long second ? second : 0;
        return new Identity(user, id, Instant.ofEpochSecond(until), Json.string(claims, "by"));
    }

    private synchronized boolean isEnded(String id) {
        return ended.contains(id);
    }

    private String header(String value, Duration age, boolean secure) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                .formatted(cookie, value, age.toSeconds(), secure ? "; Secure" : "");
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
