package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `slipway version`: which release this is, and which one the server is, where there is a server.
final class Version {
    static final Verb VERB =
            new Verb(
                    "version",
                    "[-o json|yaml]",
                    "tell which release this and the server are",
                    List.of(),
                    Version::run);

    private Version() {}

    private static int run(Session session) {
        var output = session.arguments().output("json", "yaml");
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("client", session.environment().release());
        var server = server(session);
        server.forEach(versions::put);
        if (output.isEmpty()) {
            versions.forEach((side, version) -> session.out().println(side + ": " + version));
        } else {
            session.print(output, versions);
        }
        return Cli.DONE;
    }

    private static Map<String, Object> server(Session session) {
        try {
            var answer = session.api().json(Call.get("/version"));
            return Map.of("server", Json.string(answer, "gitVersion"));
        } catch (ProblemException e) {
            session.complain("no server: " + Outcome.line(e.problem()));
            return Map.of();
        }
    }
}
