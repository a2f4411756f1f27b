package dev.slipway.apiserver.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// The keys of one issuer, as its server publishes them: read when a token needs one that is not known, and again
/// after a while. A server that does not answer keeps at most [#MAX_WAITING] requests waiting, and only those that
/// bear its tokens. Safe to use from any thread.
final class IssuerKeys {
    /// How many requests wait for the server at once; others are told at once that their token is not known.
    static final int MAX_WAITING = 16;

    /// How many keys an issuer may have.
    static final int MAX_KEYS = 64;

    /// How soon the server may be asked again.
    static final Duration PAUSE = Duration.ofSeconds(10);

    /// After how long keys are read anew, so that those that were taken back are forgotten.
    static final Duration FRESH = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());

    private final URI issuer;
    private final Documents documents;
    private final Clock clock;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private volatile List<JWK> keys = List.of();
    private volatile Instant asked = Instant.MIN;
    private volatile Instant read = Instant.MIN;

    IssuerKeys(URI issuer, Documents documents, Clock clock) {
        this.issuer = issuer;
        this.documents = documents;
        this.clock = clock;
    }

    /// The first key that fits; empty where the issuer has none such, or cannot be asked.
    Optional<JWK> find(Predicate<JWK> fits) {
        var known = known(fits);
        if (known.isPresent() && clock.instant().isBefore(read.plus(FRESH))) {
            return known;
        }
        if (mayAsk() && waiting.tryAcquire()) {
            try {
                refresh();
            } finally {
                waiting.release();
            }
        }
        return known(fits);
    }

    private Optional<JWK> known(Predicate<JWK> fits) {
        return keys.stream().filter(fits).findFirst();
    }

    private boolean mayAsk() {
        return asked.equals(Instant.MIN) || !clock.instant().isBefore(asked.plus(PAUSE));
    }

    /// One at a time; those who waited find it done.
    private synchronized void refresh() {
        if (!mayAsk()) {
            return;
        }
        asked = clock.instant();
        try {
            keys = fetch();
            read = clock.instant();
        } catch (IOException | ParseException | MalformedException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the keys of the issuer {0} cannot be read: {1}",
                    issuer,
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<JWK> fetch() throws IOException, ParseException, InterruptedException {
        var base = issuer.toString().replaceAll("/$", "");
        var about =
                Json.readObject(
                        documents.read(URI.create(base + "/.well-known/openid-configuration")));
        if (!Json.string(about, "issuer").equals(issuer.toString())) {
            throw new IOException("it calls itself \"%s\"".formatted(Json.string(about, "issuer")));
        }
        var published = documents.read(URI.create(Json.string(about, "jwks_uri")));
        var all = JWKSet.parse(new String(published, StandardCharsets.UTF_8)).getKeys();
        return all.stream().limit(MAX_KEYS).toList();
    }
}
