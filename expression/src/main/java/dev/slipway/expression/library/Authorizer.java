package dev.slipway.expression.library;

import java.util.Optional;

/// Answers the questions about rights that expressions ask of the variable `authorizer`.
public interface Authorizer {
    /// The name of its type, which expressions know it by.
    String TYPE = "kubernetes.authorization.Authorizer";

    /// An attempt to do something with a resource; fields that were not named are empty.
    record ResourceAttempt(
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {}

    /// What is said to an attempt.
    ///
    /// @param reason may be empty
    record Answer(boolean allowed, String reason) {}

    /// Whether the one it speaks for may do something with a resource.
    Answer resource(ResourceAttempt attempt);

    /// Whether the one it speaks for may use a path that is no resource's.
    Answer path(String verb, String path);

    /// The same questions asked for a service account; empty where nobody else's rights are known.
    Optional<Authorizer> serviceAccount(String namespace, String name);
}
