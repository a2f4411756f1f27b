package dev.slipway.apiserver;

import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers requests that a pod go, as far as the budget that counts it allows. Thread-safe.
final class Evictions {
    static final KindKey PODS = KindKey.of("", "pods");
    static final KindKey BUDGETS = KindKey.of("policy", "poddisruptionbudgets");

    private static final String KIND = "Eviction";

    /// How often a budget is looked at anew that somebody else changed meanwhile.
    private static final int MAX_ATTEMPTS = 8;

    private static final int RETRY_SECONDS = 10;

    private final Resources resources;
    private final Clock clock;

    Evictions(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    WebResponse answer(Target target) {
        var form = Representation.of(target.request());
        var body = Bodies.object(target.request(), KIND).tree();
        check(body, target);
        var deletion = Deletions.of(Json.object(body, "deleteOptions"));
        var options = deletion.apply(WriteRequests.options(target.request(), "CreateOptions"));
        var pod =
                resources
                        .find(target.served(), target.namespace(), target.name())
                        .orElseThrow(() -> target.notFound().exception());
        if (!isIdle(pod)) {
            budget(pod).ifPresent(_ -> spend(pod, options));
        }
        resources.delete(
                target.served(), target.namespace(), target.name(), deletion.how(), options);
        return Answers.tree(201, done(), form);
    }

    private static void check(Map<String, Object> body, Target target) {
        var kind = Json.string(body, "kind");
        if (!kind.isEmpty() && !kind.equals(KIND)) {
            throw Problem.badRequest("the body is a %s; expected is an %s".formatted(kind, KIND))
                    .exception();
        }
        if (!target.name().equals(Json.string(Json.object(body, "metadata"), "name"))) {
            throw Problem.badRequest("name in URL does not match name in Eviction object")
                    .exception();
        }
    }

    private static Map<String, Object> done() {
        return Tree.of(
                "kind", "Status",
                "apiVersion", "v1",
                "metadata", new LinkedHashMap<String, Object>(),
                "status", "Success",
                "code", 201L);
    }

    /// Whether nobody misses the pod: it has not begun, is done, or is going already.
    private static boolean isIdle(Resource pod) {
        return pod.terminating()
                || List.of("Pending", "Succeeded", "Failed")
                        .contains(Json.string(pod.status(), "phase"));
    }

    private Optional<Resource> budget(Resource pod) {
        var budgets =
                resources.state().list(BUDGETS, pod.namespace()).stream()
                        .map(StoredObject::resource)
                        .filter(budget -> counts(budget, pod))
                        .toList();
        if (budgets.size() > 1) {
            throw Problem.of(
                            Reason.CONFLICT,
                            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support: %s and %s"
                                    .formatted(budgets.get(0).name(), budgets.get(1).name()))
                    .exception();
        }
        return budgets.stream().findFirst();
    }

    private static boolean counts(Resource budget, Resource pod) {
        return budget.spec().containsKey("selector")
                && LabelSelection.matches(Json.object(budget.spec(), "selector"), pod.labels());
    }

    /// Takes one disruption from the budget of a pod; refused where there is none left.
    private void spend(Resource pod, WriteOptions options) {
        for (int attempt = 1; ; attempt++) {
            var budget = budget(pod);
            if (budget.isEmpty() || isSpare(budget.get(), pod)) {
                return;
            }
            demand(budget.get());
            try {
                write(budget.get(), pod, options);
                return;
            } catch (ProblemException e) {
                if (e.problem().reason() != Reason.CONFLICT || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Whether a pod that is not ready may go without being counted.
    private static boolean isSpare(Resource budget, Resource pod) {
        if (isReady(pod)) {
            return false;
        }
        var desired = number(budget, "desiredHealthy");
        return "AlwaysAllow".equals(budget.spec().get("unhealthyPodEvictionPolicy"))
                || (desired > 0 && number(budget, "currentHealthy") >= desired);
    }

    private static boolean isReady(Resource pod) {
        return Json.list(pod.status(), "conditions").stream()
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .anyMatch(
                        one -> "Ready".equals(one.get("type")) && "True".equals(one.get("status")));
    }

    private static void demand(Resource budget) {
        if (number(budget, "observedGeneration") < budget.generation()) {
            throw refused(
                            "The disruption budget %s is still being processed by the server."
                                    .formatted(budget.name()))
                    .retryAfter(RETRY_SECONDS)
                    .exception();
        }
        if (number(budget, "disruptionsAllowed") < 1) {
            throw refused(
                            "The disruption budget %s needs %d healthy pods and has %d currently"
                                    .formatted(
                                            budget.name(),
                                            number(budget, "desiredHealthy"),
                                            number(budget, "currentHealthy")))
                    .exception();
        }
    }

    private static Problem refused(String why) {
        return new Problem(
                Reason.TOO_MANY_REQUESTS,
                "Cannot evict pod as it would violate the pod's disruption budget.",
                Optional.empty(),
                List.of(new FieldCause("DisruptionBudget", "", why)),
                Optional.empty());
    }

    private static long number(Resource budget, String field) {
        return budget.status().get(field) instanceof Long number ? number : 0;
    }

    /// In the platform's own name: whoever may evict need not be allowed to write budgets.
    private void write(Resource budget, Resource pod, WriteOptions options) {
        var served = resources.kinds().byKey(BUDGETS).map(Served::stored).orElseThrow();
        var status =
                Tree.of(
                        "disruptionsAllowed",
                        number(budget, "disruptionsAllowed") - 1,
                        "disruptedPods",
                        Tree.of(
                                pod.name(),
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        var patch =
                Tree.of(
                        "metadata",
                        Tree.of("resourceVersion", budget.resourceVersion()),
                        "status",
                        status);
        resources.patch(
                served,
                budget.namespace(),
                budget.name(),
                "status",
                new Patch.Merge(patch),
                new WriteOptions(
                        options.attribution(),
                        options.manager(),
                        options.dryRun(),
                        options.strictness()));
    }
}
