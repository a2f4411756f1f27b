package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.audit.AuditTrail;
import dev.slipway.apiserver.audit.Occasion;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.ResourceKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// What a request needs the right to, and whether its author has it. Thread-safe.
///
/// What tells of an object's past or its relations may be read by whoever may read the object, too.
final class Rights {
    private static final Set<String> TOLD_OF_OBJECTS = Set.of("relations", "revisions", "why");
    private static final String BY_NAME = "metadata.name";

    /// With it a comma may be part of a value, and what looks like a term need not be one.
    private static final char ESCAPE = '\\';

    private final Authorizer authorizer;
    private final Supplier<Kinds> kinds;
    private final AuditTrail trail;

    Rights(Authorizer authorizer, Supplier<Kinds> kinds, AuditTrail trail) {
        this.authorizer = authorizer;
        this.trail = trail;
        this.kinds = kinds;
    }

    /// Refuses whoever may not do this with a resource, and notes why others may.
    void demand(WebRequest request, RequestPath path, String verb) {
        var plural = plural(path);
        var namespace = isNamespace(path) ? path.name() : path.namespace();
        var name = path.name().isEmpty() ? selected(request, verb) : path.name();
        demand(request.identity(), path, wish(verb, path, plural, namespace, name));
    }

    /// Refuses whoever may not do this with a resource in whatever namespace.
    void demandEverywhere(Identity identity, RequestPath path, String verb) {
        demand(identity, path, wish(verb, path, plural(path), "", path.name()));
    }

    private void demand(Identity identity, RequestPath path, Wish.OnResource wish) {
        var decision = decide(identity, path, wish);
        trail.read(identity, wish, decision);
        switch (decision) {
            case Decision.Allowed(var reason) -> Occasion.allowed(reason);
            case Decision.Refused(var reason) ->
                    throw wish.refused(identity.who(), reason).exception();
        }
    }

    private Decision decide(Identity identity, RequestPath path, Wish.OnResource wish) {
        if (TOLD_OF_OBJECTS.contains(path.subresource())) {
            var object =
                    new Wish.OnResource(
                            wish.verb(), wish.group(), plural(path), wish.namespace(), wish.name());
            var decision = authorizer.decide(identity.who(), object);
            if (decision.allowed()) {
                return decision;
            }
        }
        return authorizer.decide(identity.who(), wish);
    }

    private static Wish.OnResource wish(
            String verb, RequestPath path, String plural, String namespace, String name) {
        var resource = path.subresource().isEmpty() ? plural : plural + "/" + path.subresource();
        return new Wish.OnResource(verb, path.group(), resource, namespace, name);
    }

    /// Refuses whoever may not get an object, and then do something with it.
    void demand(Identity identity, String verb, ResourceKey key) {
        for (var needed : List.of("get", verb)) {
            authorizer.demand(identity, on(needed, key, key.namespace()));
        }
    }

    /// Whether somebody may get an object.
    ///
    /// @param namespace empty where the right must be one for all namespaces
    boolean mayGet(Identity identity, ResourceKey key, String namespace) {
        return authorizer.decide(identity.who(), on("get", key, namespace)).allowed();
    }

    private static Wish on(String verb, ResourceKey key, String namespace) {
        return new Wish.OnResource(verb, key.group(), key.plural(), namespace, key.name());
    }

    /// Refuses whoever may not use a path that is no resource's.
    void demandPath(WebRequest request) {
        authorizer.demand(
                request.identity(),
                new Wish.OnPath(request.method().toLowerCase(Locale.ROOT), request.path()));
    }

    /// A kind has one name as far as rights go, whatever else it is called.
    private String plural(RequestPath path) {
        return kinds.get()
                .byPlural(path.group(), path.version(), path.plural())
                .map(served -> served.kind().names().plural())
                .orElse(path.plural());
    }

    /// A namespace lies in itself.
    private static boolean isNamespace(RequestPath path) {
        return path.plural().equals("namespaces") && path.group().isEmpty();
    }

    /// The one object that a list or watch asks for.
    private static String selected(WebRequest request, String verb) {
        if (!verb.equals("list") && !verb.equals("watch")) {
            return "";
        }
        return request.parameter("fieldSelector").stream()
                .filter(text -> text.indexOf(ESCAPE) < 0)
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(term -> term.split("==?", 2))
                .filter(term -> term.length == 2 && term[0].strip().equals(BY_NAME))
                .map(term -> term[1].strip())
                .findFirst()
                .orElse("");
    }
}
