package dev.slipway.control.access;

import static dev.slipway.kernel.access.RoleKinds.CLUSTER_ROLES;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Fills the cluster roles that collect the rules of others, by their labels.
///
/// All are looked at together, whichever has changed: which ones a role belongs to is for their selectors to say.
final class AggregationController implements Controller {
    static final String NAME = "slipway-roles";

    private static final List<ResourceKey> TOGETHER = List.of(CLUSTER_ROLES.resource("", "*"));

    private final Resources resources;

    AggregationController(Resources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        return occurrence.key().kind().equals(CLUSTER_ROLES) ? TOGETHER : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return TOGETHER;
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var options = WriteOptions.controller(NAME, waking.causes());
        var roles =
                resources.state().list(CLUSTER_ROLES).stream().map(StoredObject::resource).toList();
        roles.stream()
                .filter(role -> role.tree().get("aggregationRule") instanceof Map<?, ?>)
                .forEach(role -> fill(role, roles, options));
        return Next.DONE;
    }

    private void fill(Resource collecting, List<Resource> roles, WriteOptions options) {
        var rules = collected(collecting, roles);
        if (!rules.equals(Json.list(collecting.tree(), "rules"))) {
            resources.patch(
                    served(),
                    "",
                    collecting.name(),
                    "",
                    new Patch.Merge(Map.of("rules", rules)),
                    options);
        }
    }

    /// By the names of the roles that they are from; each rule once.
    private static List<Object> collected(Resource collecting, List<Resource> roles) {
        var selectors =
                Json.list(
                        Json.object(collecting.tree(), "aggregationRule"), "clusterRoleSelectors");
        var rules = new LinkedHashSet<Object>();
        roles.stream()
                .filter(role -> !role.name().equals(collecting.name()))
                .filter(role -> selectors.stream().anyMatch(one -> selects(one, role)))
                .forEach(role -> rules.addAll(Json.list(role.tree(), "rules")));
        return new ArrayList<>(rules);
    }

    private static boolean selects(Object selector, Resource role) {
        return selector instanceof Map<?, ?> map
                && LabelSelection.matches(Json.cast(map), role.labels());
    }

    private Served served() {
        return resources
                .kinds()
                .byKey(CLUSTER_ROLES)
                .map(Served::stored)
                .orElseThrow(() -> new IllegalStateException("cluster roles are not served"));
    }
}
