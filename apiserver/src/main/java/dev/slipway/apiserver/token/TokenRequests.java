package dev.slipway.apiserver.token;

import dev.slipway.apiserver.token.AccountTokens.Binding;
import dev.slipway.apiserver.token.AccountTokens.Bound;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers requests for tokens of service accounts. Thread-safe.
final class TokenRequests {
    static final String GROUP = "authentication.k8s.io";
    static final String KIND = "TokenRequest";

    /// How long a token is good where nobody says for how long, and for how long at least, in seconds.
    static final long DEFAULT_SECONDS = 3_600;

    static final long MIN_SECONDS = 600;

    /// For how long at most.
    static final long MAX_SECONDS = 1L << 32;

    private static final String API_VERSION = GROUP + "/v1";

    private final AccountTokens tokens;
    private final Resources resources;

    TokenRequests(AccountTokens tokens, Resources resources) {
        this.tokens = tokens;
        this.resources = resources;
    }

    WebResponse answer(WebRequest request, String namespace, String name) {
        var form = Representation.of(request);
        var body = Bodies.object(request, KIND).tree();
        checkType(body);
        var account = required(AccountTokens.ACCOUNTS.resource(namespace, name));
        var spec = Json.object(body, "spec");
        var seconds = seconds(spec);
        var audiences = audiences(spec);
        var reference = Json.object(spec, "boundObjectRef");
        var binding =
                reference.isEmpty()
                        ? Optional.<Binding>empty()
                        : Optional.of(binding(reference, namespace));
        var issued = tokens.issue(account, audiences, seconds, binding);
        var tree =
                Tree.of(
                        "kind",
                        KIND,
                        "apiVersion",
                        API_VERSION,
                        "metadata",
                        metadata(account),
                        "spec",
                        Tree.of(
                                "audiences",
                                audiences,
                                "expirationSeconds",
                                seconds,
                                "boundObjectRef",
                                reference.isEmpty() ? null : reference),
                        "status",
                        Tree.of(
                                "token",
                                issued.token(),
                                "expirationTimestamp",
                                issued.until().toString()));
        return Answers.tree(201, tree, form);
    }

    private static void checkType(Map<String, Object> body) {
        var kind = Json.string(body, "kind");
        var apiVersion = Json.string(body, "apiVersion");
        if ((!kind.isEmpty() && !kind.equals(KIND))
                || (!apiVersion.isEmpty() && !apiVersion.equals(API_VERSION))) {
            throw Problem.badRequest(
                            "the body is a %s of %s; expected is a %s of %s"
                                    .formatted(kind, apiVersion, KIND, API_VERSION))
                    .exception();
        }
    }

    private static Map<String, Object> metadata(Resource account) {
        return Tree.of(
                "name", account.name(),
                "namespace", account.namespace(),
                "uid", account.uid(),
                "creationTimestamp", Json.string(account.metadata(), "creationTimestamp"));
    }

    private static long seconds(Map<String, Object> spec) {
        var seconds = spec.get("expirationSeconds") instanceof Long asked ? asked : DEFAULT_SECONDS;
        if (seconds < MIN_SECONDS) {
            throw invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > MAX_SECONDS) {
            throw invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
        return seconds;
    }

    private static RuntimeException invalid(long seconds, String why) {
        return Problem.invalid(
                        GROUP,
                        KIND,
                        "",
                        List.of(FieldCause.invalid("spec.expirationSeconds", seconds, why)))
                .exception();
    }

    private static List<String> audiences(Map<String, Object> spec) {
        var audiences = new ArrayList<String>();
        Json.list(spec, "audiences").forEach(one -> audiences.add(String.valueOf(one)));
        return audiences.isEmpty() ? List.of(Tokens.ISSUER) : List.copyOf(audiences);
    }

    private Binding binding(Map<String, Object> reference, String namespace) {
        var apiVersion = Json.string(reference, "apiVersion");
        var kind = Json.string(reference, "kind");
        var bound =
                Bound.of(apiVersion, kind)
                        .orElseThrow(() ->
                                Problem.badRequest(
                                                "cannot bind token to object of type %s, Kind=%s"
                                                        .formatted(
                                                                apiVersion.contains("/")
                                                                        ? apiVersion
                                                                        : "/" + apiVersion,
                                                                kind))
                                        .exception());
        var name = Json.string(reference, "name");
        if (name.isEmpty()) {
            throw Problem.badRequest("spec.boundObjectRef.name: Required value").exception();
        }
        var key = bound.key(namespace, name);
        var object = required(key);
        var uid = Json.string(reference, "uid");
        if (!uid.isEmpty() && !uid.equals(object.uid())) {
            throw Problem.conflict(
                            key,
                            "the UID in the bound object reference (%s) does not match the UID in record. The object might have been deleted and then recreated"
                                    .formatted(uid))
                    .exception();
        }
        return new Binding(bound, name, object.uid());
    }

    private Resource required(ResourceKey key) {
        return resources
                .state()
                .get(key)
                .map(StoredObject::resource)
                .orElseThrow(() -> Problem.notFound(key).exception());
    }
}
