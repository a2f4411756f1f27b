package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.ManagedFields.Entry;
import java.util.ArrayList;

/// Who comes into whose fields: what kubectl applied on the client belongs to our command line once that applies the
/// object, as it does to kubectl itself with `--server-side`. So files change hands without conflicts, and what such a
/// file drops goes.
public final class Succession {
    /// The manager that inherits: `slipway apply` and `slipway plan`.
    public static final String HEIR = "slipway-cli";

    /// The manager that kubectl's apply on the client writes as.
    static final String CLIENT_SIDE = "kubectl-client-side-apply";

    private static final FieldSet KEPT =
            FieldSet.of(FieldPath.of("metadata", "annotations", LastApplied.ANNOTATION));

    private static final String KUBECTL = "kubectl";

    private Succession() {}

    /// Who applies the file behind an object, as far as it tells: our command line, unless kubectl does on the server.
    public static String applier(Resource live) {
        var appliers =
                ManagedFields.of(live).entries().stream()
                        .map(Entry::manager)
                        .filter(owner -> owner.applies() && owner.subresource().isEmpty())
                        .map(Manager::name)
                        .toList();
        return appliers.contains(KUBECTL) && !appliers.contains(HEIR) ? KUBECTL : HEIR;
    }

    /// The owners after a manager has come into what is its own; the same where it inherits nothing.
    static ManagedFields of(ManagedFields managed, Manager heir) {
        if (!heir.name().equals(HEIR) || managed.entries().stream().noneMatch(Succession::isLeft)) {
            return managed;
        }
        var fields = managed.entry(heir).map(Entry::fields).orElse(FieldSet.EMPTY);
        var entries = new ArrayList<Entry>();
        for (var entry : managed.others(heir)) {
            if (isLeft(entry)) {
                fields = fields.union(entry.fields().difference(KEPT));
                entries.add(entry.with(entry.fields().intersection(KEPT)));
            } else {
                entries.add(entry);
            }
        }
        entries.add(new Entry(heir, managed.entry(heir).map(Entry::time).orElse(""), fields));
        return ManagedFields.of(entries);
    }

    private static boolean isLeft(Entry entry) {
        var owner = entry.manager();
        return owner.name().equals(CLIENT_SIDE)
                && !owner.applies()
                && owner.subresource().isEmpty();
    }
}
