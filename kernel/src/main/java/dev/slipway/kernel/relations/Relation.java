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
    public record Target(String group, String kind, String namespace, String name) {
        /// `Component payments/web`.
        @Override
        public String toString() {
            return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
        }
    }
}
