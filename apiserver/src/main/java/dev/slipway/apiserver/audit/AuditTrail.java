package dev.slipway.apiserver.audit;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish.OnResource;
import dev.slipway.kernel.model.Json;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;

/// Notes who has read, or tried to, what a policy names: a line of JSON each. Writes are noted with their revisions.
///
/// Safe to use from any thread, as far as the lines are taken from any.
public final class AuditTrail {
    /// Stands for all resources in a policy.
    public static final String ALL = "*";

    private static final Set<String> READS = Set.of("get", "list", "watch");

    private final Set<String> resources;
    private final Consumer<String> lines;
    private final Clock clock;

    /// @param resources as Kubernetes names them: `secrets`, `deployments.apps`, or [#ALL]
    public AuditTrail(Set<String> resources, Consumer<String> lines, Clock clock) {
        this.resources = Set.copyOf(resources);
        this.lines = lines;
        this.clock = clock;
    }

    /// Notes nothing.
    public static AuditTrail none() {
        return new AuditTrail(Set.of(), _ -> {}, Clock.systemUTC());
    }

    /// Notes what somebody wished to read and what came of it, where the policy names it.
    public void read(Identity identity, OnResource wish, Decision decision) {
        if (READS.contains(wish.verb()) && isNamed(wish)) {
            lines.accept(Json.text(line(identity, wish, decision)));
        }
    }

    private boolean isNamed(OnResource wish) {
        if (resources.isEmpty()) {
            return false;
        }
        var plural = wish.resource().split("/", 2)[0];
        return resources.contains(ALL)
                || resources.contains(
                        wish.group().isEmpty() ? plural : plural + "." + wish.group());
    }

    private java.util.Map<String, Object> line(
            Identity identity, OnResource wish, Decision decision) {
        var line =
                Tree.of(
                        "time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                        "user", identity.user(),
                        "groups", identity.groups(),
                        "verb", wish.verb(),
                        "group", wish.group(),
                        "resource", wish.resource(),
                        "namespace", wish.namespace(),
                        "name", wish.name());
        line.putAll(Occasion.origin(identity).tree());
        line.put("allowed", decision.allowed());
        line.put("why", decision.reason());
        return line;
    }
}
