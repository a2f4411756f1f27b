package dev.slipway.apiserver.http;

import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.access.LoginCodes;
import dev.slipway.apiserver.access.Sessions;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Signs browsers in by one-time codes, and out again. Thread-safe.
public final class SignIn {
    private static final String WELCOME = "Enter the code that the server has printed.";
    private static final String USED =
            "This code was used already or is too old. Print another with: slipway login";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final Sessions sessions;
    private final LoginCodes codes;
    private final Supplier<URI> portal;
    private final String page = resource("login.html");
    private final String script = resource("login.js");
    private final String style = resource("login.css");

    /// @param portal where browsers find the portal; asked for when an address is printed
    public SignIn(Sessions sessions, LoginCodes codes, Supplier<URI> portal) {
        this.sessions = sessions;
        this.codes = codes;
        this.portal = portal;
    }

    /// An address that signs a browser in as the admin, once.
    public URI address() {
        return address(codes.issue(Identities.ADMIN));
    }

    /// What anybody may ask for without being known.
    WebResponse open(Arrival arrival) {
        var request = arrival.request();
        if (request.method().equals("POST") && request.path().equals("/login")) {
            return signIn(arrival);
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Answers.text(405, "405 method not allowed");
        }
        return switch (request.path()) {
            case "/login" -> page(200, WELCOME);
            case "/login/login.js" ->
                    WebResponse.text(200, "text/javascript; charset=utf-8", script);
            case "/login/login.css" -> WebResponse.text(200, "text/css; charset=utf-8", style);
            default -> Answers.text(404, "404 page not found");
        };
    }

    /// Ends the session that the request came by.
    WebResponse signOut(Arrival arrival) {
        var cookie = sessions.end(arrival.request().identity(), arrival.secure());
        return redirect("/login", Map.of("Set-Cookie", cookie));
    }

    /// Makes another code for whoever asks, who is known by then.
    WebResponse issue(Identity identity, Representation form) {
        var code = codes.issue(identity);
        return Answers.tree(201, Tree.of("code", code, "url", address(code).toString()), form);
    }

    private WebResponse signIn(Arrival arrival) {
        var code = Forms.field(arrival.request(), "code").strip();
        return codes.redeem(code)
                .map(identity -> sessions.begin(identity, arrival.secure()))
                .map(cookie -> redirect("/", Map.of("Set-Cookie", cookie)))
                .orElseGet(() -> page(401, USED));
    }

    private WebResponse page(int status, String message) {
        var html = page.replace("{{message}}", message);
        var headers =
                Map.of(
                        "Content-Type", "text/html; charset=utf-8",
                        "Content-Security-Policy", POLICY,
                        "Referrer-Policy", "no-referrer");
        return new WebResponse.Whole(status, headers, html.getBytes(StandardCharsets.UTF_8));
    }

    private URI address(String code) {
        return portal.get().resolve("/login#" + code);
    }

    static WebResponse redirect(String path, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Location", path);
        return new WebResponse.Whole(303, all, new byte[0]);
    }

    private static String resource(String name) {
        try (var in = SignIn.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
