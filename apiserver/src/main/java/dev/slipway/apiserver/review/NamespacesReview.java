package dev.slipway.apiserver.review;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The answer to the question in which namespaces one may do a verb on a resource.
///
/// It names only namespaces in which a binding gives that right to who asks: nobody learns of others.
record NamespacesReview(Authorizer authorizer) {
    /// How many namespaces an answer names; where there are more, it says that it is incomplete.
    static final int MAX_NAMESPACES = 500;

    private static final String ATTRIBUTES = "spec.resourceAttributes";

    /// The status of the review that a spec asks for.
    Map<String, Object> status(User user, Map<String, Object> spec) {
        var attributes = Json.object(spec, "resourceAttributes");
        check(attributes);
        var wish = Reviews.onResource(attributes);
        boolean everywhere = authorizer.decide(user, wish).allowed();
        var all = everywhere ? List.<String>of() : authorizer.namespaces(user, wish);
        var named = all.subList(0, Math.min(MAX_NAMESPACES, all.size()));
        return Tree.of(
                "everywhere",
                everywhere,
                "namespaces",
                new ArrayList<Object>(named),
                "incomplete",
                named.size() < all.size());
    }

    private static void check(Map<String, Object> attributes) {
        var missing =
                Stream.of("verb", "resource")
                        .filter(field -> Json.string(attributes, field).isEmpty())
                        .map(field -> FieldCause.required(ATTRIBUTES + "." + field, ""));
        var forbidden =
                Stream.of("namespace", "name")
                        .filter(field -> !Json.string(attributes, field).isEmpty())
                        .map(field ->
                                FieldCause.invalid(
                                        ATTRIBUTES + "." + field,
                                        Json.string(attributes, field),
                                        "must be empty: the answer is about all namespaces and names"));
        var causes = Stream.concat(missing, forbidden).toList();
        if (!causes.isEmpty()) {
            var kind = ReviewKind.SELF_NAMESPACES;
            throw Problem.invalid(kind.group(), kind.kind(), "", causes).exception();
        }
    }
}
