package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.ClientCertificates;
import dev.slipway.apiserver.access.Credentials;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.access.Impersonation;
import dev.slipway.apiserver.access.LoginCodes;
import dev.slipway.apiserver.access.Sessions;
import dev.slipway.apiserver.audit.AuditTrail;
import dev.slipway.apiserver.http.FrontDoor;
import dev.slipway.apiserver.http.Health;
import dev.slipway.apiserver.http.Hosts;
import dev.slipway.apiserver.http.Limits;
import dev.slipway.apiserver.http.Metrics;
import dev.slipway.apiserver.http.SignIn;
import dev.slipway.apiserver.http.WebServer;
import dev.slipway.apiserver.http.WebServer.Address;
import dev.slipway.apiserver.http.WebServer.Patience;
import dev.slipway.apiserver.token.StaticToken;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import dev.slipway.client.web.WebHandler;
import dev.slipway.client.web.WebResponse;
import dev.slipway.control.access.Access;
import dev.slipway.control.access.DefaultRoles;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.kernel.store.Lockbox;
import dev.slipway.kernel.store.State;
import dev.slipway.testkit.World;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A whole world behind a listening server on free ports, for tests. Run as a program it serves until it is stopped.
final class TestServer implements AutoCloseable {
    private static final WebHandler PORTAL =
            request ->
                    WebResponse.text(
                            request.path().equals("/nowhere") ? 404 : 200,
                            "text/html; charset=utf-8",
                            "<!doctype html><p>" + request.identity().user() + "</p>");

    final World world;
    final List<String> audited = new CopyOnWriteArrayList<>();
    final Api api;
    final Tokens tokens;
    final Credentials credentials;
    final Sessions sessions;
    final SignIn signIn;
    final Path kubeconfig;
    final FrontDoor door;
    private final WebServer server;
    private boolean closed;

    TestServer(Path folder) {
        this(folder, PORTAL, Clock.systemUTC());
    }

    TestServer(Path folder, WebHandler portal, Clock clock) {
        this(folder, portal, clock, Limits.defaults(), Patience.defaults());
    }

    TestServer(Path folder, WebHandler portal, Clock clock, Limits limits, Patience patience) {
        this(folder, portal, clock, limits, patience, 0);
    }

    /// The same at the port that another one had.
    TestServer(Path folder, Clock clock, int apiPort) {
        this(folder, PORTAL, clock, Limits.defaults(), Patience.defaults(), apiPort);
    }

    private TestServer(
            Path folder,
            WebHandler portal,
            Clock clock,
            Limits limits,
            Patience patience,
            int apiPort) {
        var random = new SecureRandom();
        var rbac = new Rbac(this::state);
        world = World.of(new Access(rbac, "the authority"));
        DefaultRoles.reconcile(world.resources());
        var relations = new Relations(world.store(), world.resources()::kinds);
        credentials = Credentials.open(folder, List.of(), clock, random);
        tokens =
                new Tokens(
                        world.resources(),
                        Lockbox.ofThisProcess(Tokens.PURPOSE, random),
                        clock,
                        random,
                        List.of(new StaticToken(credentials.token(), Identities.ADMIN)));
        api =
                new Api(
                        world.resources(),
                        world.store(),
                        relations,
                        Authorizer.of(rbac),
                        tokens,
                        new AuditTrail(Set.of("secrets"), audited::add, clock),
                        new ServerVersion("0.0.0", ""),
                        clock,
                        new Random(3),
                        Optional.empty());
        sessions = new Sessions(credentials.sessionKey(), clock, random, tokens::isPresent);
        signIn = new SignIn(sessions, new LoginCodes(clock, random), this::portal);
        door =
                new FrontDoor(
                        new FrontDoor.Rooms(
                                api, tokens, portal, signIn, new Health(List.of()), new Metrics()),
                        new Hosts(Set.of()),
                        new FrontDoor.Guards(
                                new ClientCertificates(credentials.authority(), clock),
                                tokens,
                                sessions,
                                new Impersonation(Authorizer.of(rbac))));
        server =
                new WebServer(
                        new Address("127.0.0.1", 0),
                        new Address("127.0.0.1", apiPort),
                        credentials,
                        door,
                        limits,
                        patience);
        server.bind();
        kubeconfig = credentials.writeKubeconfig(server.api());
        server.start();
    }

    private State state() {
        return world.store().state();
    }

    URI portal() {
        return server.portal();
    }

    URI api() {
        return server.api();
    }

    HttpApiClient client() {
        return new HttpApiClient(Kubeconfig.read(kubeconfig));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.close();
            world.close();
        }
    }

    static void main(String[] arguments) throws InterruptedException {
        try (var server = new TestServer(Path.of(arguments[0]))) {
            System.out.println(
                    server.kubeconfig + " " + server.portal() + " " + server.signIn.address());
            Thread.sleep(Long.parseLong(arguments[1]) * 1000);
        }
    }
}
