package dev.slipway.apiserver.review;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.token.Bearers.Bearer;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.User;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Answers questions about who somebody is and what they may do; nothing of them is stored. Thread-safe.
public final class Reviews {
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";

    private final Authorizer authorizer;
    private final BiFunction<String, List<String>, Optional<Bearer>> tokens;
    private final Clock clock;
    private final NamespacesReview namespaces;

    /// @param tokens who bears a token that is for one of some audiences
    public Reviews(
            Authorizer authorizer,
            BiFunction<String, List<String>, Optional<Bearer>> tokens,
            Clock clock) {
        this.authorizer = authorizer;
        this.tokens = tokens;
        this.clock = clock;
        this.namespaces = new NamespacesReview(authorizer);
    }

    /// The kind of question behind a path; empty where it is another's.
    public static Optional<ReviewKind> kind(String group, String version, String plural) {
        return ReviewKind.of(group, version, plural);
    }

    /// Answers a question of a kind.
    ///
    /// @param namespace that of the path; empty for all but local reviews
    public WebResponse answer(WebRequest request, ReviewKind kind, String namespace) {
        var form = Representation.of(request);
        var body = Bodies.object(request, kind.kind()).tree();
        checkType(kind, body);
        var spec = Json.object(body, "spec");
        var user = request.identity().who();
        var status =
                switch (kind) {
                    case SELF_ACCESS -> access(user, spec);
                    case ACCESS -> access(subject(spec), spec);
                    case LOCAL_ACCESS -> local(spec, namespace);
                    case SELF_RULES -> rules(user, spec);
                    case SELF_NAMESPACES -> namespaces.status(user, spec);
                    case SELF -> Tree.of("userInfo", info(user));
                    case TOKEN -> token(spec);
                };
        return Answers.tree(201, tree(kind, spec, status), form);
    }

    private Map<String, Object> tree(
            ReviewKind kind, Map<String, Object> spec, Map<String, Object> status) {
        var tree =
                Tree.of(
                        "kind", kind.kind(),
                        "apiVersion", kind.apiVersion(),
                        "metadata", Tree.of());
        if (kind == ReviewKind.SELF) {
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            tree.put("metadata", Tree.of("creationTimestamp", now));
        } else {
            tree.put("spec", kind == ReviewKind.SELF_RULES ? Tree.of() : spec);
        }
        tree.put("status", status);
        return tree;
    }

    private static void checkType(ReviewKind kind, Map<String, Object> body) {
        var apiVersion = Json.string(body, "apiVersion");
        var name = Json.string(body, "kind");
        var own = kind.apiVersion();
        var good =
                (apiVersion.isEmpty() || apiVersion.equals(own))
                        && (name.isEmpty() || name.equals(kind.kind()));
        if (!good) {
            throw Problem.badRequest(
                            "the body is a %s of %s; expected is a %s of %s"
                                    .formatted(name, apiVersion, kind.kind(), own))
                    .exception();
        }
    }

    // ---- what somebody may

    private Map<String, Object> access(User user, Map<String, Object> spec) {
        return switch (authorizer.decide(user, wish(spec))) {
            case Decision.Allowed(var reason) -> decided(true, reason);
            case Decision.Refused(var reason) -> decided(false, reason);
        };
    }

    private static Map<String, Object> decided(boolean allowed, String reason) {
        var status = Tree.of("allowed", allowed);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        return status;
    }

    private Map<String, Object> local(Map<String, Object> spec, String namespace) {
        if (spec.containsKey("nonResourceAttributes")) {
            throw invalid(
                    FieldCause.invalid(
                            "spec.nonResourceAttributes",
                            Json.object(spec, "nonResourceAttributes"),
                            "disallowed on this kind of request"));
        }
        var named = Json.string(Json.object(spec, "resourceAttributes"), "namespace");
        if (!named.equals(namespace)) {
            throw invalid(
                    FieldCause.invalid(
                            "spec.resourceAttributes.namespace",
                            named,
                            "must match metadata.namespace"));
        }
        return access(subject(spec), spec);
    }

    private static Wish wish(Map<String, Object> spec) {
        var onResource = spec.get("resourceAttributes") instanceof Map<?, ?>;
        var onPath = spec.get("nonResourceAttributes") instanceof Map<?, ?>;
        if (onResource && onPath) {
            throw invalid(
                    FieldCause.invalid(
                            "spec.nonResourceAttributes",
                            Json.object(spec, "nonResourceAttributes"),
                            "cannot be specified in combination with resourceAttributes"));
        }
        if (!onResource && !onPath) {
            throw invalid(
                    new FieldCause(
                            "FieldValueInvalid",
                            "spec.resourceAttributes",
                            "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        return onResource
                ? onResource(Json.object(spec, "resourceAttributes"))
                : onPath(Json.object(spec, "nonResourceAttributes"));
    }

    static Wish.OnResource onResource(Map<String, Object> attributes) {
        var subresource = Json.string(attributes, "subresource");
        var resource = Json.string(attributes, "resource");
        return new Wish.OnResource(
                Json.string(attributes, "verb"),
                Json.string(attributes, "group"),
                subresource.isEmpty() ? resource : resource + "/" + subresource,
                Json.string(attributes, "namespace"),
                Json.string(attributes, "name"));
    }

    private static Wish onPath(Map<String, Object> attributes) {
        return new Wish.OnPath(Json.string(attributes, "verb"), Json.string(attributes, "path"));
    }

    /// Whom a question about somebody else is about.
    private static User subject(Map<String, Object> spec) {
        var name = Json.string(spec, "user");
        var groups = texts(spec.get("groups"));
        if (name.isEmpty() && groups.isEmpty()) {
            throw invalid(
                    FieldCause.invalid(
                            "spec.user", "", "at least one of user or group must be specified"));
        }
        Map<String, List<String>> extra = new LinkedHashMap<>();
        Json.object(spec, "extra").forEach((key, value) -> extra.put(key, texts(value)));
        return new User(name, Json.string(spec, "uid"), groups, extra);
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static RuntimeException invalid(FieldCause cause) {
        return Problem.invalid(AUTHORIZATION, "", "", List.of(cause)).exception();
    }

    private Map<String, Object> rules(User user, Map<String, Object> spec) {
        var namespace = Json.string(spec, "namespace");
        if (namespace.isEmpty()) {
            throw Problem.badRequest("no namespace on request").exception();
        }
        var ofResources = new ArrayList<Object>();
        var ofPaths = new ArrayList<Object>();
        for (var rule : authorizer.rules(user, namespace)) {
            (rule.paths().isEmpty() ? ofResources : ofPaths).add(rule.tree());
        }
        return Tree.of(
                "resourceRules", ofResources, "nonResourceRules", ofPaths, "incomplete", false);
    }

    // ---- who somebody is

    private Map<String, Object> token(Map<String, Object> spec) {
        var shown = Json.string(spec, "token");
        if (shown.isEmpty()) {
            throw Problem.invalid(
                            AUTHENTICATION,
                            "TokenReview",
                            "",
                            List.of(FieldCause.required("spec.token", "")))
                    .exception();
        }
        return tokens.apply(shown, texts(spec.get("audiences")))
                .map(bearer ->
                        Tree.of(
                                "authenticated",
                                true,
                                "user",
                                info(bearer.identity().who()),
                                "audiences",
                                bearer.audiences()))
                .orElseGet(() -> Tree.of("user", Tree.of(), "error", "invalid bearer token"));
    }

    private static Map<String, Object> info(User user) {
        var info = Tree.of("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        info.put("groups", new ArrayList<Object>(user.groups()));
        if (!user.extra().isEmpty()) {
            info.put("extra", new LinkedHashMap<String, Object>(user.extra()));
        }
        return info;
    }
}
