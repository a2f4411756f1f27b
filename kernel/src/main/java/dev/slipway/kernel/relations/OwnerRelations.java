package dev.slipway.kernel.relations;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.relations.Relation.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads `metadata.ownerReferences`, which any resource may have.
final class OwnerRelations implements RelationExtractor {
    private static final byte[] MARK = "\"ownerReferences\"".getBytes(StandardCharsets.US_ASCII);

    /// Whether a stored body can have owners at all: spares parsing all the others.
    static boolean mayHaveOwners(byte[] body) {
        for (int start = 0; start + MARK.length <= body.length; start++) {
            if (body[start] == MARK[0] && startsWithMark(body, start)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return true;
    }

    @Override
    public List<Relation> relations(Resource resource) {
        var relations = new ArrayList<Relation>();
        for (var owner : resource.owners()) {
            var field = "metadata.ownerReferences[" + relations.size() + "]";
            relations.add(relation(owner, field, resource.namespace()));
        }
        return relations;
    }

    private static Relation relation(OwnerReference owner, String field, String namespace) {
        var slash = owner.apiVersion().indexOf('/');
        var group = slash < 0 ? "" : owner.apiVersion().substring(0, slash);
        return new Relation(
                "controlledBy",
                "controls",
                field,
                owner.kind() + "/" + owner.name(),
                new Target(group, owner.kind(), namespace, owner.name()));
    }

    private static boolean startsWithMark(byte[] body, int start) {
        for (int i = 1; i < MARK.length; i++) {
            if (body[start + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }
}
