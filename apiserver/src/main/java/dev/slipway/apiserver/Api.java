package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.audit.AuditTrail;
import dev.slipway.apiserver.discovery.Discovery;
import dev.slipway.apiserver.openapi.OpenApi;
import dev.slipway.apiserver.read.AsOf;
import dev.slipway.apiserver.read.Lists;
import dev.slipway.apiserver.read.Watches;
import dev.slipway.apiserver.review.ReviewKind;
import dev.slipway.apiserver.review.Reviews;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.client.web.WebHandler;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.past.Past;
import dev.slipway.kernel.plan.Planner;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.rollback.Rollbacks;
import dev.slipway.kernel.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The Kubernetes dialect: `/api`, `/apis`, `/openapi` and `/version`, for requests whose author is known.
///
/// Knows nothing of the transport below it. Problems become `Status` answers here. Thread-safe.
public final class Api implements WebHandler {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private static final KindKey CERTIFICATE_REQUESTS =
            KindKey.of("certificates.k8s.io", "certificatesigningrequests");
    private static final KindKey ACCOUNTS = KindKey.of("", "serviceaccounts");

    private final Resources resources;
    private final Store store;
    private final Rights rights;
    private final Reviews reviews;
    private final Tokens tokens;
    private final ServerVersion version;
    private final RandomGenerator random;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final Reads reads;
    private final Writes writes;
    private final Scales scales;
    private final Evictions evictions;
    private final Past past;
    private final PastReads pastReads;
    private final RollbackRequests rollbacks;
    private final Optional<PlanRequests> plans;

    /// @param planner works out what writes would bring about; where there is none, nobody can ask
    public Api(
            Resources resources,
            Store store,
            RelationsView relations,
            Authorizer authorizer,
            Tokens tokens,
            AuditTrail trail,
            ServerVersion version,
            Clock clock,
            RandomGenerator random,
            Optional<Planner> planner) {
        var lists = new Lists(store, clock);
        this.resources = resources;
        this.store = store;
        this.rights = new Rights(authorizer, resources::kinds, trail);
        this.reviews = new Reviews(authorizer, tokens::bearer, clock);
        this.tokens = tokens;
        this.version = version;
        this.random = random;
        var posted = new ArrayList<>(ReviewKind.kinds());
        posted.add(RollbackKind.kind());
        planner.ifPresent(_ -> posted.add(PlanKind.kind()));
        this.discovery = new Discovery(this::freshKinds, posted);
        this.openApi = new OpenApi(resources::kinds, posted, version.release() + version.commit());
        this.reads =
                new Reads(
                        resources,
                        lists,
                        new Watches(store, resources, clock, random),
                        new RelationsAnswer(relations, resources::kinds),
                        clock);
        this.writes = new Writes(resources, lists, clock);
        this.scales = new Scales(resources);
        this.evictions = new Evictions(resources, clock);
        this.past = new Past(store, resources::kinds, clock);
        this.rollbacks =
                new RollbackRequests(
                        resources, new Rollbacks(store, resources, relations, past), past, rights);
        this.plans =
                planner.map(one ->
                        new PlanRequests(
                                one,
                                new PlanAnswers(relations, past, rights),
                                overlay -> new Writes(overlay, lists, clock)));
        this.pastReads = new PastReads(resources, store, past, lists, rights, clock);
    }

    /// The paths that lead to what this API serves, sorted.
    public List<String> paths() {
        return Stream.concat(
                        discovery.paths().stream(),
                        Stream.of("/openapi/v2", "/openapi/v3", "/version"))
                .sorted()
                .toList();
    }

    /// Whether a path is this API's.
    public static boolean serves(String path) {
        var segments = RequestPath.segments(path);
        return !segments.isEmpty()
                && switch (segments.getFirst()) {
                    case "apis", "openapi", "version" -> true;
                    // Other dialects live below /api too: /api/catalog.
                    case "api" -> segments.size() == 1 || isVersion(segments.get(1));
                    default -> false;
                };
    }

    private static boolean isVersion(String segment) {
        return segment.length() > 1
                && segment.charAt(0) == 'v'
                && segment.charAt(1) >= '0'
                && segment.charAt(1) <= '9';
    }

    @Override
    public WebResponse handle(WebRequest request) {
        try {
            return route(request);
        } catch (ProblemException e) {
            return Writes.warn(Answers.problem(e.problem(), request), e.warnings());
        } catch (RuntimeException | StackOverflowError e) {
            return internalError(request, e);
        }
    }

    /// The client learns a number, by which the log tells the rest.
    private WebResponse internalError(WebRequest request, Throwable e) {
        var id = Long.toHexString(random.nextLong());
        LOG.log(
                System.Logger.Level.ERROR,
                "request %s failed: %s %s".formatted(id, request.method(), request.path()),
                e);
        return Answers.problem(
                Problem.of(
                        Reason.INTERNAL_ERROR,
                        "Internal error occurred: the server's log tells more under request " + id),
                request);
    }

    private WebResponse route(WebRequest request) {
        var segments = RequestPath.segments(request.path());
        if (segments.isEmpty()) {
            return Answers.text(404, "404 page not found");
        }
        return switch (segments.getFirst()) {
            case "api" -> group(request, "", segments.subList(1, segments.size()));
            case "apis" -> groups(request, segments);
            case "openapi" -> {
                readPath(request);
                yield openApi.answer(request, segments.subList(1, segments.size()));
            }
            case "version" -> version(request);
            default -> Answers.text(404, "404 page not found");
        };
    }

    private WebResponse groups(WebRequest request, List<String> segments) {
        if (segments.size() == 1) {
            readPath(request);
            return discovery.groups(request);
        }
        return group(request, segments.get(1), segments.subList(2, segments.size()));
    }

    /// @param rest what follows `/api` or `/apis/GROUP`
    private WebResponse group(WebRequest request, String group, List<String> rest) {
        var path = RequestPath.parse(group, rest);
        if (path.isPresent()) {
            return resource(request, path.get());
        }
        readPath(request);
        if (rest.size() > 1) {
            throw Routes.noResource();
        }
        return rest.isEmpty()
                ? discovery.group(request, group)
                : discovery.version(request, group, rest.getFirst());
    }

    private WebResponse version(WebRequest request) {
        if (!isRead(request)) {
            throw Routes.noMethod();
        }
        return Answers.tree(200, version.tree(), Representation.of(request));
    }

    private WebResponse resource(WebRequest request, RequestPath path) {
        var watch = request.flag("watch").orElse(false);
        var verb = path.verb(request.method(), watch);
        rights.demand(request, path, verb);
        if (RollbackRequests.concerns(path)) {
            return rollbacks.answer(request, path);
        }
        if (plans.isPresent() && PlanRequests.concerns(path)) {
            return plans.get().answer(request, path);
        }
        var review = Reviews.kind(path.group(), path.version(), path.plural());
        if (review.isPresent()) {
            return review(request, path, review.get());
        }
        var found = served(request, path, verb).or(() -> servedMeanwhile(request, path, verb));
        if (found.isEmpty() && !discovery.knows(path.group(), path.version())) {
            return Answers.text(404, "404 page not found");
        }
        var served = found.orElseThrow(Routes::noResource);
        checkPlace(path, served, verb);
        var target = new Target(request, path, served);
        if (plans.isPresent() && PlanRequests.asksForPlan(request)) {
            return plans.get().answer(target, verb);
        }
        return warned(served, foretold(target, verb, answered(target, verb)));
    }

    /// A dry run that went well tells in short what else would happen.
    private WebResponse foretold(Target target, String verb, WebResponse answer) {
        return plans.filter(_ -> PlanRequests.isDryWrite(target, verb))
                .filter(_ -> answer.status() < 300)
                .flatMap(one -> one.summary(target, verb))
                .map(summary -> Writes.warnAlso(answer, summary))
                .orElse(answer);
    }

    /// A refusal is an answer here: the warnings of a version are sent with it, too.
    private WebResponse answered(Target target, String verb) {
        try {
            return answer(target, verb);
        } catch (ProblemException e) {
            return Writes.warn(Answers.problem(e.problem(), target.request()), e.warnings());
        }
    }

    private WebResponse review(WebRequest request, RequestPath path, ReviewKind kind) {
        if (!path.subresource().isEmpty() || path.namespace().isEmpty() == kind.namespaced()) {
            throw Routes.noResource();
        }
        if (!request.method().equals("POST") || !path.name().isEmpty()) {
            throw Routes.noMethod();
        }
        return reviews.answer(request, kind, path.namespace());
    }

    /// The kind that a path leads to; the past is found under kinds that are gone, too.
    private Optional<Served> served(WebRequest request, RequestPath path, String verb) {
        return PastReads.concerns(request, path, verb)
                ? past.served(path.group(), path.version(), path.plural())
                : resources.kinds().byPlural(path.group(), path.version(), path.plural());
    }

    /// Another process may just have made the kind.
    private Optional<Served> servedMeanwhile(WebRequest request, RequestPath path, String verb) {
        store.fresh();
        return served(request, path, verb);
    }

    private Kinds freshKinds() {
        store.fresh();
        return resources.kinds();
    }

    private static WebResponse warned(Served served, WebResponse response) {
        return served.version()
                .deprecationWarning()
                .filter(_ -> !response.headers().containsKey("Warning"))
                .map(warning -> Writes.warn(response, List.of(warning)))
                .orElse(response);
    }

    private WebResponse answer(Target target, String verb) {
        if (!mayBePast(target.subresource(), verb)) {
            AsOf.refuse(
                    target.request(), target.subresource().isEmpty() ? verb : target.subresource());
        }
        return switch (target.subresource()) {
            case "" -> object(target, verb);
            case "status" -> status(target, verb);
            case "scale" -> scale(target, verb);
            case "finalize" -> finalization(target, verb);
            case "token" -> token(target, verb);
            case "eviction" -> eviction(target, verb);
            case "approval" -> approval(target, verb);
            case "relations" ->
                    readOnly(
                            verb,
                            () ->
                                    reads.relations(
                                            target,
                                            key ->
                                                    rights.mayGet(
                                                            target.request().identity(),
                                                            key,
                                                            key.namespace())));
            case "revisions" -> readOnly(verb, () -> pastReads.revisions(target));
            case "why" -> readOnly(verb, () -> pastReads.why(target));
            default -> throw Routes.noSubresource(target);
        };
    }

    private static boolean mayBePast(String subresource, String verb) {
        return subresource.isEmpty()
                ? verb.equals("get") || verb.equals("list")
                : subresource.equals("status") && verb.equals("get");
    }

    private WebResponse object(Target target, String verb) {
        if (PastReads.asksForDifferences(target.request())) {
            return verb.equals("get") || verb.equals("list")
                    ? pastReads.differences(target)
                    : refused();
        }
        return switch (verb) {
            case "get" -> get(target);
            case "list" ->
                    AsOf.of(target.request())
                            .map(asOf -> pastReads.list(target, asOf))
                            .orElseGet(() -> list(target));
            case "watch" -> reads.watch(target, from -> pastReads.checkWatch(target, from));
            case "create" -> target.name().isEmpty() ? writes.create(target) : refused();
            case "update" -> target.name().isEmpty() ? unnamed(target) : writes.update(target);
            case "patch" -> target.name().isEmpty() ? refused() : writes.patch(target);
            case "delete" -> writes.delete(target);
            case "deletecollection" ->
                    isNamespaces(target) ? refused() : writes.deleteCollection(target);
            default -> refused();
        };
    }

    private WebResponse list(Target target) {
        return reads.list(target, number -> pastReads.checkNamespace(target, number));
    }

    private WebResponse get(Target target) {
        return AsOf.of(target.request())
                .map(asOf -> pastReads.get(target, asOf))
                .orElseGet(() -> reads.get(target));
    }

    private WebResponse status(Target target, String verb) {
        if (!target.served().version().status()) {
            throw Routes.noResource();
        }
        return switch (verb) {
            case "get" -> get(target);
            case "update" -> writes.update(target);
            case "patch" -> writes.patch(target);
            default -> refused();
        };
    }

    private WebResponse scale(Target target, String verb) {
        return switch (verb) {
            case "get" -> scales.get(target);
            case "update" -> scales.update(target);
            case "patch" -> scales.patch(target);
            default -> refused();
        };
    }

    private static boolean isNamespaces(Target target) {
        return target.served().kind().key().groupResource().equals("namespaces");
    }

    /// The only door to what holds a namespace.
    private WebResponse finalization(Target target, String verb) {
        if (!isNamespaces(target)) {
            throw Routes.noResource();
        }
        return verb.equals("update") ? writes.update(target) : refused();
    }

    private WebResponse token(Target target, String verb) {
        if (!target.served().kind().key().equals(ACCOUNTS)) {
            throw Routes.noResource();
        }
        return verb.equals("create")
                ? tokens.request(target.request(), target.namespace(), target.name())
                : refused();
    }

    private WebResponse eviction(Target target, String verb) {
        if (!target.served().kind().key().equals(Evictions.PODS)) {
            throw Routes.noResource();
        }
        return verb.equals("create") ? evictions.answer(target) : refused();
    }

    private WebResponse approval(Target target, String verb) {
        if (!target.served().kind().key().equals(CERTIFICATE_REQUESTS)) {
            throw Routes.noResource();
        }
        return status(target, verb);
    }

    private static WebResponse readOnly(
            String verb, java.util.function.Supplier<WebResponse> answer) {
        return verb.equals("get") ? answer.get() : refused();
    }

    /// An update of a whole collection.
    private static WebResponse unnamed(Target target) {
        if (target.served().kind().rules().builtIn()) {
            throw Routes.noMethod();
        }
        throw Problem.badRequest("name must be provided").exception();
    }

    private static WebResponse refused() {
        throw Routes.noMethod();
    }

    /// Objects of namespaced kinds lie in namespaces, others do not.
    private static void checkPlace(RequestPath path, Served served, String verb) {
        var namespaced = served.kind().namespaced();
        if (!namespaced && !path.namespace().isEmpty()) {
            throw Routes.noResource();
        }
        var everywhere = verb.equals("list") || verb.equals("watch");
        if (namespaced && path.namespace().isEmpty() && !(everywhere && path.name().isEmpty())) {
            throw path.name().isEmpty() ? Routes.noMethod() : Routes.noResource();
        }
    }

    /// Refuses whoever may not use a path that is no resource's.
    public void authorizePath(WebRequest request) {
        rights.demandPath(request);
    }

    private void readPath(WebRequest request) {
        authorizePath(request);
        if (!isRead(request)) {
            throw Routes.noMethod();
        }
    }

    private static boolean isRead(WebRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }
}
