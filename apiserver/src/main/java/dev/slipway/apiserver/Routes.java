package dev.slipway.apiserver;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;

/// The answers to requests that lead nowhere.
final class Routes {
    private Routes() {}

    /// A resource or subresource that is not served.
    static ProblemException noResource() {
        return Problem.of(Reason.NOT_FOUND, "the server could not find the requested resource")
                .exception();
    }

    /// A method that a path does not know.
    static ProblemException noMethod() {
        return Problem.of(
                        Reason.METHOD_NOT_ALLOWED,
                        "the server does not allow this method on the requested resource")
                .exception();
    }
}
