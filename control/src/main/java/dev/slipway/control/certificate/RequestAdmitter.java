package dev.slipway.control.certificate;

import dev.slipway.kernel.access.CertificateRequest;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Notes who asks for a certificate, and lets only those decide and sign who may for its signer.
final class RequestAdmitter implements Admitter {
    private static final Set<String> DECISIONS = Set.of("Approved", "Denied");

    private final Rbac rbac;
    private final Clock clock;

    RequestAdmitter(Rbac rbac, Clock clock) {
        this.rbac = rbac;
        this.clock = clock;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Certificates.REQUESTS);
    }

    @Override
    public Verdict admit(Admission admission) {
        return switch (admission.operation()) {
            case CREATE -> asked(admission);
            case UPDATE -> changed(admission, admission.old().orElseThrow());
            case DELETE -> Verdict.admitted(admission.object());
        };
    }

    private static Verdict asked(Admission admission) {
        var request = admission.object();
        request.tree().put("status", new LinkedHashMap<>());
        admission.user().ifPresent(user -> note(user, Json.child(request.tree(), "spec")));
        if (Json.string(request.spec(), "signerName").equals(Certificates.OWN_SIGNER)
                && groups(request).contains(User.MASTERS)) {
            return refused(
                    request,
                    "use of %s signer with %s group is not allowed"
                            .formatted(Certificates.OWN_SIGNER, User.MASTERS));
        }
        return Verdict.admitted(request);
    }

    private static List<String> groups(Resource request) {
        try {
            var pem = Base64.getDecoder().decode(Json.string(request.spec(), "request"));
            return CertificateRequest.read(pem).groups();
        } catch (IllegalArgumentException e) {
            // The rules of the kind tell what is wrong with it.
            return List.of();
        }
    }

    private static void note(User user, Map<String, Object> spec) {
        List.of("username", "uid", "groups", "extra").forEach(spec::remove);
        spec.put("username", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        spec.put("groups", new ArrayList<Object>(user.groups()));
        if (!user.extra().isEmpty()) {
            var extra = Json.child(spec, "extra");
            user.extra().forEach((key, values) -> extra.put(key, new ArrayList<Object>(values)));
        }
    }

    private Verdict changed(Admission admission, Resource old) {
        var request = admission.object();
        request.tree().put("spec", Json.copy(old.spec()));
        var decided = !conditions(old, DECISIONS).equals(conditions(request, DECISIONS));
        if (admission.subresource().equals("status") && decided) {
            return Verdict.of(request, added(old, request));
        }
        if (decided && !may(admission, "approve")) {
            return refused(request, notPermitted("approve", request));
        }
        if (admission.subresource().equals("status")
                && isSigned(old, request)
                && !may(admission, "sign")) {
            return refused(request, notPermitted("sign", request));
        }
        stamp(old, request);
        return Verdict.admitted(request);
    }

    /// Decisions are made at `approval`; what is taken away the rules of the kind refuse.
    private static List<FieldCause> added(Resource old, Resource request) {
        var before = conditions(old, DECISIONS);
        return conditions(request, DECISIONS).stream()
                .filter(one -> !before.contains(one))
                .map(one ->
                        FieldCause.forbidden(
                                "status.conditions",
                                "updates may not %s a condition of type \"%s\""
                                        .formatted(
                                                types(before).contains(one.get("type"))
                                                        ? "modify"
                                                        : "add",
                                                one.get("type"))))
                .toList();
    }

    private static List<Object> types(List<Map<String, Object>> conditions) {
        return conditions.stream().map(one -> one.getOrDefault("type", "")).toList();
    }

    private static boolean isSigned(Resource old, Resource request) {
        return !Objects.equals(old.status().get("certificate"), request.status().get("certificate"))
                || !conditions(old, Set.of("Failed")).equals(conditions(request, Set.of("Failed")));
    }

    private static List<Map<String, Object>> conditions(Resource request, Set<String> types) {
        return Json.list(request.status(), "conditions").stream()
                .filter(one -> one instanceof Map<?, ?> map && types.contains(map.get("type")))
                .map(one -> Json.cast((Map<?, ?>) one))
                .toList();
    }

    /// On the signer itself, or on all of its domain.
    private boolean may(Admission admission, String verb) {
        var signer = Json.string(admission.object().spec(), "signerName");
        var domain = signer.substring(0, Math.max(0, signer.indexOf('/'))) + "/*";
        return admission
                .user()
                .filter(user -> !user.isMaster())
                .map(user -> may(user, verb, signer) || may(user, verb, domain))
                .orElse(true);
    }

    private boolean may(User user, String verb, String signer) {
        var wish = new Wish.OnResource(verb, Certificates.REQUESTS.group(), "signers", "", signer);
        return rbac.decide(user, wish) instanceof Decision.Allowed;
    }

    private static String notPermitted(String verb, Resource request) {
        return "user not permitted to %s requests with signerName \"%s\""
                .formatted(verb, Json.string(request.spec(), "signerName"));
    }

    private static Verdict refused(Resource request, String detail) {
        return new Verdict.Refused(
                Problem.forbidden(Certificates.REQUESTS.resource("", request.name()), detail));
    }

    /// Conditions say when they came, and when they were last written.
    private void stamp(Resource old, Resource request) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var before = Json.list(old.status(), "conditions");
        for (var one : Json.list(request.status(), "conditions")) {
            if (one instanceof Map<?, ?> map && !before.contains(one)) {
                var condition = Json.cast(map);
                condition.putIfAbsent("lastUpdateTime", now);
                condition.putIfAbsent("lastTransitionTime", since(before, condition).orElse(now));
            }
        }
    }

    private static Optional<Object> since(List<Object> before, Map<String, Object> condition) {
        return before.stream()
                .filter(one ->
                        Objects.equals(Json.at(one, "type"), condition.get("type"))
                                && Objects.equals(Json.at(one, "status"), condition.get("status")))
                .map(one -> Json.at(one, "lastTransitionTime"))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
