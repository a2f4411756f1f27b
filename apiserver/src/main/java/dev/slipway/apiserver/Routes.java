package dev.slipway.apiserver;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.Set;

/// The answers to requests that lead nowhere.
final class Routes {
    /// What only the node that runs a pod could answer.
    private static final Set<String> OF_A_NODE =
            Set.of("attach", "exec", "log", "portforward", "proxy");

    private Routes() {}

    /// A resource or subresource that is not served.
    static ProblemException noResource() {
        return Problem.of(Reason.NOT_FOUND, "the server could not find the requested resource")
                .exception();
    }

    /// A subresource that is not served. Those of pods that a node answers say why.
    static ProblemException noSubresource(Target target) {
        return target.served().kind().key().groupResource().equals("pods")
                        && OF_A_NODE.contains(target.subresource())
                ? Problem.of(
                                Reason.NOT_FOUND,
                                "pods/%s is not served: pods are recorded or simulated here, no container of \"%s\" runs"
                                        .formatted(target.subresource(), target.name()))
                        .exception()
                : noResource();
    }

    /// A method that a path does not know.
    static ProblemException noMethod() {
        return Problem.of(
                        Reason.METHOD_NOT_ALLOWED,
                        "the server does not allow this method on the requested resource")
                .exception();
    }
}
