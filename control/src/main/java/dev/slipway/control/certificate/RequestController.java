package dev.slipway.control.certificate;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.access.CertificateRequest;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signs what was approved for clients of this API, or says why it does not.
final class RequestController implements Controller {
    static final String NAME = "slipway-certificates";

    /// How long certificates are good, unless less was asked for.
    static final Duration LIFETIME = Duration.ofDays(365);

    private static final String CLIENTS = "client auth";
    private static final Set<String> USAGES =
            Set.of(CLIENTS, "digital signature", "key encipherment");

    private final Resources resources;
    private final CertificateSigner signer;
    private final Clock clock;

    RequestController(Resources resources, CertificateSigner signer, Clock clock) {
        this.resources = resources;
        this.signer = signer;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        return occurrence.key().kind().equals(Certificates.REQUESTS)
                ? List.of(occurrence.key())
                : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return state.list(Certificates.REQUESTS).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var served = resources.kinds().byKey(Certificates.REQUESTS).map(Served::stored);
        var request = served.flatMap(kind -> resources.find(kind, "", key.name()));
        if (request.isEmpty()) {
            return Next.DONE;
        }
        if (waits(request.get())) {
            answer(served.get(), request.get(), waking);
        }
        return stay(served.get(), request.get(), waking);
    }

    /// Takes a request away that nobody needs any more. What was answered just now is looked at anew for its answer.
    private Next stay(Served served, Resource request, Waking waking) {
        var left = Duration.between(clock.instant(), new Stay(request).until());
        if (left.isPositive()) {
            return new Next.Again(left);
        }
        resources.delete(
                served,
                "",
                request.name(),
                new DeleteOptions(
                        DeleteOptions.Propagation.BACKGROUND,
                        Optional.of(request.uid()),
                        Optional.of(request.resourceVersion())),
                WriteOptions.controller(NAME, waking.causes()));
        return Next.DONE;
    }

    private static boolean waits(Resource request) {
        return Json.string(request.spec(), "signerName").equals(Certificates.OWN_SIGNER)
                && Json.string(request.status(), "certificate").isEmpty()
                && has(request, "Approved")
                && !has(request, "Denied")
                && !has(request, "Failed");
    }

    private static boolean has(Resource request, String type) {
        return Json.list(request.status(), "conditions").stream()
                .anyMatch(one -> type.equals(Json.at(one, "type")));
    }

    private void answer(Served served, Resource request, Waking waking) {
        var pem = Base64.getDecoder().decode(Json.string(request.spec(), "request"));
        var asked = CertificateRequest.read(pem);
        Map<String, Object> status = new LinkedHashMap<>();
        problem(request, asked)
                .ifPresentOrElse(
                        why -> status.put("conditions", failed(request, why)),
                        () -> status.put("certificate", signed(request, asked)));
        // Guarded: what was decided meanwhile is looked at anew.
        var metadata = Map.of("resourceVersion", request.resourceVersion());
        resources.patch(
                served,
                "",
                request.name(),
                "status",
                new Patch.Merge(Map.of("metadata", metadata, "status", status)),
                WriteOptions.controller(NAME, waking.causes()));
    }

    private String signed(Resource request, CertificateRequest asked) {
        var certificate = signer.sign(asked, lifetime(request));
        return Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.US_ASCII));
    }

    private static Duration lifetime(Resource request) {
        return request.spec().get("expirationSeconds") instanceof Long seconds
                        && seconds < LIFETIME.toSeconds()
                ? Duration.ofSeconds(seconds)
                : LIFETIME;
    }

    private static Optional<String> problem(Resource request, CertificateRequest asked) {
        var usages = Json.list(request.spec(), "usages");
        if (!usages.contains(CLIENTS) || !USAGES.containsAll(usages)) {
            return Optional.of(
                    "invalid usages for client certificates: must be \"client auth\", and beside it only \"digital signature\" and \"key encipherment\"");
        }
        return asked.isSigned()
                ? Optional.empty()
                : Optional.of("the signature of the request is not that of its key");
    }

    private List<Object> failed(Resource request, String why) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var conditions = new ArrayList<Object>(Json.list(request.status(), "conditions"));
        Map<String, Object> failed = new LinkedHashMap<>();
        failed.put("type", "Failed");
        failed.put("status", "True");
        failed.put("reason", "SignerValidationFailure");
        failed.put("message", why);
        failed.put("lastUpdateTime", now);
        failed.put("lastTransitionTime", now);
        conditions.add(failed);
        return conditions;
    }
}
