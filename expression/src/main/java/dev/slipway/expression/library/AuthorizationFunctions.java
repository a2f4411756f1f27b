package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.slipway.expression.library.Authorizer.Answer;
import java.util.List;

/// What `authorizer` can be asked: `authorizer.group('apps').resource('deployments').check('create').allowed()`.
final class AuthorizationFunctions {
    /// A question about a path.
    record PathCheck(Authorizer asked, String path) {}

    /// The beginning of a question about a resource.
    record GroupCheck(Authorizer asked, String name) {}

    private static final Parameter<Authorizer> AUTHORIZER =
            new Parameter<>(type(Authorizer.TYPE), Authorizer.class);
    private static final Parameter<PathCheck> PATH =
            new Parameter<>(type("kubernetes.authorization.PathCheck"), PathCheck.class);
    private static final Parameter<GroupCheck> GROUP =
            new Parameter<>(type("kubernetes.authorization.GroupCheck"), GroupCheck.class);
    private static final Parameter<ResourceCheck> RESOURCE =
            new Parameter<>(type(ResourceCheck.TYPE), ResourceCheck.class);
    private static final Parameter<Answer> DECISION =
            new Parameter<>(type("kubernetes.authorization.Decision"), Answer.class);

    static final List<Function> ALL =
            List.of(
                    Function.member("path", PATH.type(), AUTHORIZER, TEXT, PathCheck::new),
                    Function.member("group", GROUP.type(), AUTHORIZER, TEXT, GroupCheck::new),
                    Function.member(
                            "serviceAccount",
                            AUTHORIZER.type(),
                            AUTHORIZER,
                            TEXT,
                            TEXT,
                            AuthorizationFunctions::serviceAccount),
                    Function.member(
                            "resource",
                            RESOURCE.type(),
                            GROUP,
                            TEXT,
                            (group, resource) ->
                                    ResourceCheck.of(group.asked(), group.name(), resource)),
                    Function.member(
                            "subresource",
                            RESOURCE.type(),
                            RESOURCE,
                            TEXT,
                            ResourceCheck::subresource),
                    Function.member(
                            "namespace", RESOURCE.type(), RESOURCE, TEXT, ResourceCheck::namespace),
                    Function.member("name", RESOURCE.type(), RESOURCE, TEXT, ResourceCheck::name),
                    Function.member(
                            "check", DECISION.type(), RESOURCE, TEXT, ResourceCheck::answer),
                    Function.member(
                            "check",
                            DECISION.type(),
                            PATH,
                            TEXT,
                            (path, verb) -> path.asked().path(verb, path.path())),
                    Function.member("allowed", SimpleType.BOOL, DECISION, Answer::allowed),
                    Function.member("reason", SimpleType.STRING, DECISION, Answer::reason),
                    Function.member("errored", SimpleType.BOOL, DECISION, _ -> false),
                    Function.member("error", SimpleType.STRING, DECISION, _ -> ""));

    private AuthorizationFunctions() {}

    private static CelType type(String name) {
        return OpaqueType.create(name);
    }

    private static Authorizer serviceAccount(Authorizer asked, String namespace, String name) {
        return asked.serviceAccount(namespace, name)
                .orElseThrow(() -> Failures.invalid("rights of others are not known here"));
    }
}
