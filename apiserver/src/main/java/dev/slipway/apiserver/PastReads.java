package dev.slipway.apiserver;

import dev.slipway.apiserver.past.Compared;
import dev.slipway.apiserver.past.PastAnswers;
import dev.slipway.apiserver.read.AsOf;
import dev.slipway.apiserver.read.Lists;
import dev.slipway.apiserver.read.PastStates;
import dev.slipway.apiserver.read.Wire;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Destruction;
import dev.slipway.kernel.past.Past;
import dev.slipway.kernel.past.TreePath;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers the verbs that read the past, with today's rights. Thread-safe.
///
/// What lay in a namespace that is gone is for those who may read all namespaces: whoever has a namespace of that name
/// now has nothing to do with it.
final class PastReads {
    /// How many revisions a page of a history has.
    static final int PAGE = 50;

    /// How many it may have.
    static final int MAX_PAGE = 500;

    /// How many objects that differ are told of.
    static final int MAX_OBJECTS = 500;

    /// The parameters that ask for differences: from when, and until when.
    private static final String FROM = "diffFrom";

    private static final String TO = "diffTo";

    private static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    private final Resources resources;
    private final Store store;
    private final Past past;
    private final Lists lists;
    private final PastStates states;
    private final Rights rights;
    private final Clock clock;

    PastReads(
            Resources resources, Store store, Past past, Lists lists, Rights rights, Clock clock) {
        this.resources = resources;
        this.store = store;
        this.past = past;
        this.lists = lists;
        this.states = new PastStates(store::past, clock);
        this.rights = rights;
        this.clock = clock;
    }

    /// Whether a request asks for the past, so that kinds that are gone are to be found too.
    static boolean concerns(WebRequest request, RequestPath path, String verb) {
        return (verb.equals("get") || verb.equals("list"))
                && (request.parameter(AsOf.PARAMETER).isPresent() || path.isOfThePast());
    }

    /// The object as it was.
    WebResponse get(Target target, String asOf) {
        var form = Representation.of(target.request());
        var number = past.number(AsOf.PARAMETER, asOf);
        checkNamespace(target, number);
        var revision = at(target.key(), number).orElseThrow(() -> target.notFound().exception());
        Destruction.refuse(store, revision);
        var object = revision.object();
        var wire = new Wire(target.served());
        var answer = Writes.object(target, form, wire.resource(object), 200, clock);
        return wire.knows(object) ? answer : Writes.warn(answer, List.of(Wire.unconverted(object)));
    }

    /// The list as it was.
    WebResponse list(Target target, String asOf) {
        var moment = past.number(AsOf.PARAMETER, asOf);
        var number = Lists.continued(target.request()).orElse(moment);
        checkNamespace(target, number);
        var state = state(target.served().kind(), number);
        return lists.past(target.request(), target.served(), target.namespace(), state);
    }

    /// What is confidential is not kept: deleting it is final from that moment on.
    private State state(Kind kind, long number) {
        return Redaction.of(kind).hides()
                ? store.past(kind.key(), number)
                : states.at(kind.key(), number);
    }

    /// Whether differences are asked for instead of objects.
    static boolean asksForDifferences(WebRequest request) {
        return request.parameter(FROM).isPresent() || request.parameter(TO).isPresent();
    }

    /// How an object, or all that a list selects at either moment, differs between two moments.
    WebResponse differences(Target target) {
        var request = target.request();
        var span = span(request);
        checkNamespace(target, Math.min(span.from(), span.to()));
        var all = target.name().isEmpty() ? ofList(target, span) : List.of(ofObject(target, span));
        var differing = all.stream().filter(Compared::differs).limit(MAX_OBJECTS + 1).toList();
        var told = differing.stream().limit(MAX_OBJECTS).map(one -> compared(target, one)).toList();
        return Answers.tree(
                200,
                PastAnswers.differences(
                        span.from(), span.to(), told, differing.size() > MAX_OBJECTS),
                Representation.of(request));
    }

    /// Two moments, by their revisions.
    private record Span(long from, long to) {}

    private Span span(WebRequest request) {
        AsOf.refuse(request, "differences");
        var from =
                request.parameter(FROM)
                        .orElseThrow(() ->
                                Problem.badRequest(
                                                FROM
                                                        + ": Required value: the revision or time to compare with")
                                        .exception());
        var to = request.parameter(TO);
        return new Span(
                past.number(FROM, from),
                to.isPresent() ? past.number(TO, to.get()) : store.fresh().revision());
    }

    private Compared ofObject(Target target, Span span) {
        var before = at(target.key(), span.from());
        var after = at(target.key(), span.to());
        if (before.isEmpty() && after.isEmpty()) {
            throw target.notFound().exception();
        }
        return new Compared(
                target.key(),
                before.map(Revision::object),
                after.map(Revision::object),
                Stream.of(after, before)
                        .flatMap(Optional::stream)
                        .flatMap(revision -> store.deletion(revision).stream())
                        .findFirst());
    }

    private List<Compared> ofList(Target target, Span span) {
        var before = state(target.served().kind(), span.from());
        var after = state(target.served().kind(), span.to());
        return Stream.of(before, after)
                .flatMap(state ->
                        lists
                                .selected(
                                        target.request(),
                                        target.served(),
                                        target.namespace(),
                                        state)
                                .stream())
                .map(StoredObject::key)
                .distinct()
                .sorted()
                .map(key ->
                        new Compared(
                                key,
                                before.get(key),
                                after.get(key),
                                Stream.of(after, before)
                                        .map(state -> state.destroyed().get(key))
                                        .filter(Objects::nonNull)
                                        .findFirst()))
                .toList();
    }

    private Map<String, Object> compared(Target target, Compared one) {
        return PastAnswers.compared(
                target.served(),
                one,
                past.differences(target.served().kind(), one.knownBefore(), one.knownAfter()));
    }

    /// The object at a revision, unless it was not there.
    private Optional<Revision> at(ResourceKey key, long number) {
        return store.at(key, number).filter(revision -> revision.operation() != Operation.DELETE);
    }

    /// What happened to an object; also to one that is gone.
    WebResponse revisions(Target target) {
        var request = target.request();
        var page =
                past.history(target.served().kind(), target.key(), before(request), limit(request));
        if (page.entries().isEmpty() && !page.compacted()) {
            throw target.notFound().exception();
        }
        page.entries().stream()
                .mapToLong(entry -> entry.revision().number())
                .min()
                .ifPresent(oldest -> checkNamespace(target, oldest));
        return Answers.tree(200, PastAnswers.history(page), Representation.of(request));
    }

    /// Why an object, or one of its values, is as it is.
    WebResponse why(Target target) {
        var request = target.request();
        var path = TreePath.parse(request.parameter("path").orElse(""));
        var found =
                past.why(target.served().kind(), target.key(), path)
                        .orElseThrow(() -> target.notFound().exception());
        checkNamespace(target, found.setBy().number());
        var tree =
                PastAnswers.why(found, resources.kinds(), key -> mayRead(request.identity(), key));
        return Answers.tree(200, tree, Representation.of(request));
    }

    private static long before(WebRequest request) {
        var text = request.parameter("continue").orElse("");
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.badRequest(
                            "continue: Invalid value: \"%s\": must be what the page before gave as metadata.continue"
                                    .formatted(text))
                    .exception();
        }
        return Long.parseLong(text);
    }

    private static int limit(WebRequest request) {
        var text = request.parameter("limit").orElse("");
        if (!text.matches("[0-9]{0,9}")) {
            throw Problem.badRequest(
                            "limit: Invalid value: \"%s\": must be a number from 1 to %d"
                                    .formatted(text, MAX_PAGE))
                    .exception();
        }
        var wanted = text.isEmpty() ? 0 : Integer.parseInt(text);
        return wanted == 0 ? PAGE : Math.min(wanted, MAX_PAGE);
    }

    /// Refuses whoever reads from a namespace that is gone since, or was made anew, without rights everywhere.
    void checkNamespace(Target target, long number) {
        var namespace = target.namespace();
        if (namespace.isEmpty() || isSame(namespace, number)) {
            return;
        }
        var verb = target.name().isEmpty() ? "list" : "get";
        rights.demandEverywhere(target.request().identity(), target.path(), verb);
    }

    /// Refuses to tell whoever has a namespace now what was written to another one of its name, which is as good as compacted.
    void checkWatch(Target target, long from) {
        if (from == 0 || target.namespace().isEmpty() || isSame(target.namespace(), from)) {
            return;
        }
        try {
            rights.demandEverywhere(target.request().identity(), target.path(), "watch");
        } catch (ProblemException e) {
            throw Problem.of(
                            Reason.EXPIRED,
                            "too old resource version: %d (the namespace %s began later)"
                                    .formatted(from, target.namespace()))
                    .exception();
        }
    }

    private boolean mayRead(Identity reader, ResourceKey key) {
        var namespace =
                key.namespace().isEmpty() || resources.state().get(key(key.namespace())).isPresent()
                        ? key.namespace()
                        : "";
        return rights.mayGet(reader, key, namespace);
    }

    /// Whether a namespace is the one that it was; not where that is not known any more.
    private boolean isSame(String namespace, long number) {
        var now = resources.state().get(key(namespace));
        return now.isPresent() && (number >= now.get().revision() || number >= born(now.get()));
    }

    /// The revision that a namespace began with.
    private long born(StoredObject namespace) {
        var uid = namespace.resource().uid();
        var born = namespace.revision();
        for (var revision : store.history(namespace.key(), MAX_PAGE)) {
            if (!revision.uid().equals(uid)) {
                break;
            }
            born = revision.number();
        }
        return born;
    }

    private static ResourceKey key(String namespace) {
        return NAMESPACES.resource("", namespace);
    }
}
