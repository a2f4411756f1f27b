package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;

/// `slipway login`: prints another address that signs a browser in, once, within ten minutes.
final class Login {
    static final Verb VERB =
            new Verb(
                    "login",
                    "[-o json]",
                    "print an address that signs a browser in, once",
                    List.of(),
                    Login::run);

    private Login() {}

    private static int run(Session session) {
        var output = session.arguments().output("json");
        var answer = session.api().json(Call.with("POST", "/login/codes", Map.of()));
        if (output.isEmpty()) {
            session.out().println(Json.string(answer, "url"));
        } else {
            session.print(output, Map.of("url", Json.string(answer, "url")));
        }
        return Cli.DONE;
    }
}
