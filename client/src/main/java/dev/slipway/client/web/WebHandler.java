package dev.slipway.client.web;

/// Answers requests; called on a virtual thread per request.
///
/// May throw a [dev.slipway.kernel.model.ProblemException], which the server answers in the form that fits the door.
@FunctionalInterface
public interface WebHandler {
    WebResponse handle(WebRequest request);
}
