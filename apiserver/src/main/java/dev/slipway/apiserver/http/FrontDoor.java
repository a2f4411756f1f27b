package dev.slipway.apiserver.http;

import dev.slipway.apiserver.Api;
import dev.slipway.apiserver.access.Authentication;
import dev.slipway.apiserver.access.Authenticator;
import dev.slipway.apiserver.access.ClientCertificates;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.access.Impersonation;
import dev.slipway.apiserver.access.Sessions;
import dev.slipway.apiserver.audit.Occasion;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebHandler;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What every request passes, on both ports: is it meant for us, who makes it, may a browser send it, who answers.
///
/// Thread-safe.
public final class FrontDoor {
    /// The header that carries the token of a session's forms.
    public static final String CSRF_HEADER = "X-CSRF-Token";

    /// The form field that carries it.
    public static final String CSRF_FIELD = "csrf";

    private static final System.Logger LOG = System.getLogger(FrontDoor.class.getName());

    /// What the door needs.
    ///
    /// @param portal answers what is not the API's
    public record Rooms(
            Api api,
            Tokens tokens,
            WebHandler portal,
            SignIn signIn,
            Health health,
            Metrics metrics) {}

    /// What comes of a look at a request's head.
    sealed interface Look {
        /// Somebody is known, or need not be: the body may be read.
        record Welcome(Identity identity) implements Look {}

        /// The answer, whatever the body says.
        record Refusal(WebResponse response) implements Look {}
    }

    /// Who is let in, and as whom.
    ///
    /// @param tokens knows those who bear a token
    public record Guards(
            ClientCertificates certificates,
            Authenticator tokens,
            Sessions sessions,
            Impersonation impersonation) {}

    private final Rooms rooms;
    private final Hosts hosts;
    private final Guards guards;
    private final Authenticator authenticator;

    public FrontDoor(Rooms rooms, Hosts hosts, Guards guards) {
        this.rooms = rooms;
        this.hosts = hosts;
        this.guards = guards;
        this.authenticator = Authenticator.firstOf(List.of(guards.tokens(), guards.sessions()));
    }

    Metrics metrics() {
        return rooms.metrics();
    }

    /// Looks at a request whose body is not read yet.
    Look look(Arrival arrival) {
        var request = arrival.request();
        if (Health.serves(request.path())) {
            // Probes know an address and no name.
            return new Look.Welcome(Identities.ANONYMOUS);
        }
        var host = request.header("host").orElse("");
        if (!hosts.know(host, arrival)) {
            return refuse(request, 421, strangeHost(host));
        }
        if (isOpen(request.path())) {
            return new Look.Welcome(Identities.ANONYMOUS);
        }
        return switch (authenticate(arrival)) {
            case Authentication.Known(var identity) -> as(request, identity, host);
            case Authentication.Nobody _ -> new Look.Refusal(unknown(request));
            case Authentication.Refused _ -> new Look.Refusal(unauthorized(request));
        };
    }

    /// Answers a request that was welcome and has its identity and body by now.
    WebResponse answer(Arrival arrival) {
        var agent = arrival.request().header("user-agent").orElse("");
        var occasion = new Occasion(arrival.id(), arrival.address(), agent);
        return ScopedValue.where(Occasion.NOW, occasion).call(() -> answered(arrival));
    }

    private WebResponse answered(Arrival arrival) {
        var request = arrival.request();
        try {
            return isForged(request) ? forged(request) : route(arrival);
        } catch (ProblemException e) {
            return Answers.problem(e.problem(), request);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "request failed: %s %s".formatted(request.method(), request.path()),
                    e);
            return Answers.problem(
                    Problem.of(
                            Reason.INTERNAL_ERROR,
                            "Internal error occurred: the server's log tells more"),
                    request);
        }
    }

    private WebResponse route(Arrival arrival) {
        var request = arrival.request();
        var path = request.path();
        if (Health.serves(path)) {
            return rooms.health().answer(request);
        }
        if (path.equals("/login/codes") && request.method().equals("POST")) {
            return rooms.signIn()
                    .issue(request.identity().withoutSession(), Representation.of(request));
        }
        if (isLogin(path)) {
            return rooms.signIn().open(arrival);
        }
        if (path.equals("/logout") && request.method().equals("POST")) {
            return rooms.signIn().signOut(arrival);
        }
        if (Tokens.serves(path)) {
            rooms.api().authorizePath(request);
            return rooms.tokens().document(request);
        }
        if (path.equals("/metrics")) {
            rooms.api().authorizePath(request);
            return rooms.metrics().answer();
        }
        return Api.serves(path) ? rooms.api().handle(request) : page(request);
    }

    /// Programs are told at the root where they can go, as Kubernetes tells them.
    private WebResponse paths(WebRequest request) {
        rooms.api().authorizePath(request);
        var paths =
                Stream.of(rooms.api().paths(), Health.PATHS, Tokens.PATHS, List.of("/metrics"))
                        .flatMap(List::stream)
                        .sorted()
                        .toList();
        return Answers.tree(200, Tree.of("paths", paths), Representation.of(request));
    }

    /// What is no page is told to programs as the API tells them.
    private WebResponse page(WebRequest request) {
        var accepted = request.header("accept").orElse("");
        var program = accepted.contains("application/json") && !accepted.contains("text/html");
        if (program && request.path().equals("/") && !writes(request)) {
            return paths(request);
        }
        var answer = rooms.portal().handle(request);
        if (!program || (answer.status() != 404 && answer.status() != 403)) {
            return answer;
        }
        rooms.api().authorizePath(request);
        return answer.status() == 404 ? Answers.text(404, "404 page not found") : answer;
    }

    /// Who shows a good certificate is known by it; one that is not good counts only where nothing else is shown.
    private Authentication authenticate(Arrival arrival) {
        var certified = guards.certificates().authenticate(arrival.certificates());
        if (certified instanceof Authentication.Known) {
            return certified;
        }
        return switch (authenticator.authenticate(arrival.request())) {
            case Authentication.Nobody _ -> certified;
            case Authentication found -> found;
        };
    }

    private Look as(WebRequest request, Identity real, String host) {
        try {
            return known(request, guards.impersonation().identity(real, request), host);
        } catch (ProblemException e) {
            return new Look.Refusal(Answers.problem(e.problem(), request));
        }
    }

    private Look known(WebRequest request, Identity identity, String host) {
        var origin = request.header("origin").orElse("");
        var byCookie = !identity.session().isEmpty();
        // A page of anybody may open a WebSocket and read what comes.
        var guarded = writes(request) || Subprotocols.isUpgrade(request.headers());
        return byCookie && guarded && !hosts.isOrigin(origin, host)
                ? refuse(
                        request,
                        403,
                        "a write or a WebSocket of a signed-in browser must come from this server's own pages: its Origin is \"%s\", this server was reached as \"%s\""
                                .formatted(origin, host))
                : new Look.Welcome(identity);
    }

    private boolean isForged(WebRequest request) {
        var identity = request.identity();
        if (identity.session().isEmpty() || !writes(request)) {
            return false;
        }
        var shown =
                request.header(CSRF_HEADER.toLowerCase(java.util.Locale.ROOT))
                        .orElseGet(() -> Forms.field(request, CSRF_FIELD));
        return !guards.sessions().isCsrf(identity, shown);
    }

    private static WebResponse forged(WebRequest request) {
        return Answers.problem(
                Problem.of(
                        Reason.FORBIDDEN,
                        "a write of a signed-in browser needs the token of its session, in the header %s or the form field %s"
                                .formatted(CSRF_HEADER, CSRF_FIELD)),
                request);
    }

    private static boolean isOpen(String path) {
        return (isLogin(path) && !path.equals("/login/codes")) || path.startsWith("/assets/");
    }

    private static boolean isLogin(String path) {
        return path.equals("/login") || path.startsWith("/login/");
    }

    private static boolean writes(WebRequest request) {
        return !request.method().equals("GET") && !request.method().equals("HEAD");
    }

    /// A browser is shown where to sign in; anything else is told.
    private static WebResponse unknown(WebRequest request) {
        var html = request.header("accept").orElse("").contains("text/html");
        return html && !writes(request) && !Api.serves(request.path())
                ? SignIn.redirect("/login", Map.of())
                : unauthorized(request);
    }

    private static WebResponse unauthorized(WebRequest request) {
        return Answers.with(
                Answers.problem(Problem.of(Reason.UNAUTHORIZED, "Unauthorized"), request),
                "WWW-Authenticate",
                "Bearer realm=\"slipway\"");
    }

    private static Look refuse(WebRequest request, int status, String message) {
        if (status == Reason.FORBIDDEN.status()) {
            return new Look.Refusal(
                    Answers.problem(Problem.of(Reason.FORBIDDEN, message), request));
        }
        return new Look.Refusal(Answers.text(status, message));
    }

    private static String strangeHost(String host) {
        var asked = Optional.of(host).filter(name -> !name.isEmpty()).orElse("(none)");
        return "this server is not called \"%s\": use one of the names that it is bound to"
                .formatted(asked.replaceAll("\\p{Cntrl}", ""));
    }
}
