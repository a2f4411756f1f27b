package dev.slipway.kernel.access;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one subject has by one binding: a role, where the binding reaches.
///
/// @param subject as messages name it: `Group "devs"`
record Holding(Holder holder, ResourceKey binding, ResourceKey role, String subject) {
    /// Who has something somewhere: a user or a group, in a namespace or, with an empty one, everywhere.
    ///
    /// The user of a service account is one like others.
    record Holder(String namespace, boolean group, String name) {
        /// Whether it is a user, or a group that the user is in.
        boolean is(User user) {
            return group ? user.groups().contains(name) : user.name().equals(name);
        }
    }

    /// What a binding gives to each of its subjects. What is none is passed over, and gets nothing.
    static List<Holding> of(ResourceKey key, Resource binding) {
        var role = RoleKinds.roleOf(binding);
        return Json.list(binding.tree(), "subjects").stream()
                .filter(Map.class::isInstance)
                .map(subject -> Json.cast((Map<?, ?>) subject))
                .flatMap(subject ->
                        holder(key, subject)
                                .map(holder -> new Holding(holder, key, role, text(subject)))
                                .stream())
                .distinct()
                .toList();
    }

    private static Optional<Holder> holder(ResourceKey key, Map<String, Object> subject) {
        var name = Json.string(subject, "name");
        var namespace = Json.string(subject, "namespace");
        return switch (Json.string(subject, "kind")) {
            case "User" -> Optional.of(new Holder(key.namespace(), false, name));
            case "Group" -> Optional.of(new Holder(key.namespace(), true, name));
            case "ServiceAccount" ->
                    namespace.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Holder(
                                            key.namespace(),
                                            false,
                                            User.ofServiceAccount(namespace, name)));
            default -> Optional.empty();
        };
    }

    private static String text(Map<String, Object> subject) {
        var name = Json.string(subject, "name");
        var kind = Json.string(subject, "kind");
        return kind.equals("ServiceAccount")
                ? "%s \"%s/%s\"".formatted(kind, name, Json.string(subject, "namespace"))
                : "%s \"%s\"".formatted(kind, name);
    }

    /// Why something is allowed that the role allows.
    String reason() {
        var name = binding.name();
        var inNamespace = !binding.namespace().isEmpty();
        return "RBAC: allowed by %s \"%s\" of %s \"%s\" to %s"
                .formatted(
                        inNamespace ? "RoleBinding" : "ClusterRoleBinding",
                        inNamespace ? name + "/" + binding.namespace() : name,
                        role.namespace().isEmpty() ? "ClusterRole" : "Role",
                        role.name(),
                        subject);
    }
}
