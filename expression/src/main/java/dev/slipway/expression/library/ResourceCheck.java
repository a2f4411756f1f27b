package dev.slipway.expression.library;

import dev.slipway.expression.library.Authorizer.Answer;
import dev.slipway.expression.library.Authorizer.ResourceAttempt;

/// A question about a resource, as far as it is put together; only the verb is missing.
public record ResourceCheck(Authorizer asked, ResourceAttempt attempt) {
    /// The name of its type, which expressions know it by.
    public static final String TYPE = "kubernetes.authorization.ResourceCheck";

    static ResourceCheck of(Authorizer asked, String group, String resource) {
        return new ResourceCheck(asked, new ResourceAttempt("", group, resource, "", "", ""));
    }

    ResourceCheck subresource(String subresource) {
        return with("", subresource, attempt.namespace(), attempt.name());
    }

    ResourceCheck namespace(String namespace) {
        return with("", attempt.subresource(), namespace, attempt.name());
    }

    ResourceCheck name(String name) {
        return with("", attempt.subresource(), attempt.namespace(), name);
    }

    Answer answer(String verb) {
        return asked.resource(
                with(verb, attempt.subresource(), attempt.namespace(), attempt.name()).attempt());
    }

    private ResourceCheck with(String verb, String subresource, String namespace, String name) {
        return new ResourceCheck(
                asked,
                new ResourceAttempt(
                        verb, attempt.group(), attempt.resource(), subresource, namespace, name));
    }
}
