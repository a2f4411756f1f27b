package dev.slipway.kernel.relations;

/// One resource refers to another.
///
/// @param type the verb as read from the source: `ownedBy`, `dependsOn`, `providesApi`, `node`, …
/// @param inverse the verb as read from the target: `ownerOf`, `dependencyOf`, …
/// @param field the path of the field that says so: `spec.dependsOn[0]`
/// @param written the reference as it was written: `component:user-service`
/// @param target where it points
public record Relation(String type, String inverse, String field, String written, Target target) {
    /// A resource by group, kind, namespace and name; it need not exist.
    ///
    /// The kind's case does not count, nor does the name's where no resource has exactly that name. The namespace of
    /// a cluster-scoped kind's target does not count either.
    ///
    /// @param group the group, or [#ANY_GROUP] for the only group that has the kind
    public record Target(String group, String kind, String namespace, String name) {
        /// Stands for the only group that has the kind.
        public static final String ANY_GROUP = "*";

        /// `Component payments/web`.
        @Override
        public String toString() {
            return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
        }
    }
}
