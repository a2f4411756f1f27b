package dev.slipway.client;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The API as its clients see it: requests with a path, as one user. May be called from any thread.
///
/// Two forms pass one contract suite: in process, behind the same authentication, authorization and admission, and
/// over HTTP.
public interface ApiClient {
    /// One call.
    ///
    /// @param target the path with its query, encoded: `/api/v1/namespaces/default/configmaps?limit=50`
    record Call(String method, String target, Map<String, String> headers, byte[] body) {
        public static Call get(String target) {
            return new Call("GET", target, Map.of("Accept", "application/json"), new byte[0]);
        }

        /// A call with a JSON body.
        public static Call with(String method, String target, Object tree) {
            return new Call(
                    method,
                    target,
                    Map.of("Accept", "application/json", "Content-Type", "application/json"),
                    Json.write(tree));
        }

        public Call header(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Call(method, target, more, body);
        }
    }

    /// What came back; the body must be closed.
    ///
    /// @param headers by lower-case name
    record Reply(int status, Map<String, String> headers, InputStream body)
            implements AutoCloseable {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Sends a call; a server that cannot be reached is a [dev.slipway.kernel.model.ProblemException] of reason
    /// `SERVICE_UNAVAILABLE`, any answer of a server is a reply.
    Reply send(Call call);

    /// Sends a call and reads the answer, which must be a JSON object; an error answer is thrown as its problem.
    default Map<String, Object> json(Call call) {
        try (var reply = send(call)) {
            var bytes = reply.body().readAllBytes();
            if (!reply.ok()) {
                throw StatusProblems.read(reply.status(), bytes).exception();
            }
            return Json.readObject(bytes);
        } catch (IOException e) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the answer broke off: " + e.getMessage())
                    .exception();
        }
    }

    /// One resource by its path.
    default Resource get(String path) {
        return new Resource(json(Call.get(path)));
    }

    /// One resource by its path, or empty where there is none.
    default Optional<Resource> find(String path) {
        try {
            return Optional.of(get(path));
        } catch (dev.slipway.kernel.model.ProblemException e) {
            if (e.problem().reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
