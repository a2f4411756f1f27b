package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.patch.GoText;
import java.util.List;
import java.util.Map;

/// How an endpoint says that it cannot read an object.
interface Unreadable {
    Problem because(String why);

    /// As for an object that was sent whole.
    static Unreadable body(Served served) {
        var kind = served.names().kind();
        return why ->
                Problem.badRequest(
                        "%s in version \"%s\" cannot be handled as a %s: %s"
                                .formatted(kind, served.version().name(), kind, why));
    }

    /// As for what a patch made of an object: it shows that, or the patch where its form follows the kind's.
    static Unreadable patched(Patch patch, Map<String, Object> patched) {
        return why ->
                Problem.invalid(
                        "",
                        "",
                        "",
                        List.of(
                                FieldCause.invalid(
                                        "patch", shown(patch, patched), told(patch, why))));
    }

    /// What a patch that follows the kind's form cannot convert, it calls by its type alone.
    private static String told(Patch patch, String why) {
        return patch instanceof Patch.Strategic
                ? why.replaceFirst(
                        "^json: cannot unmarshal .* of type (\\w+)$", "unrecognized type: $1")
                : why;
    }

    private static String shown(Patch patch, Map<String, Object> patched) {
        return patch instanceof Patch.Strategic(var tree) ? GoText.of(tree) : Json.text(patched);
    }
}
