package dev.slipway.apiserver.read;

import dev.slipway.apiserver.table.Tables;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Representation.Format;
import dev.slipway.apiserver.wire.Representation.Shape;
import dev.slipway.apiserver.wire.Statuses;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.apiserver.wire.Warnings;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Destruction;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Answers lists: whole or in pages, at one revision, as objects, metadata or tables. Thread-safe.
///
/// Stored bytes go out as they are wherever nobody asked for another form.
public final class Lists {
    /// Up to how many stored bytes a list is written at once; a longer one is written while it is sent.
    private static final long MAX_WHOLE_BYTES = 1 << 20;

    /// How many stored bytes a list may have in a form that is made as a whole before it is sent.
    private static final Map<Format, Long> MAX_MADE_BYTES =
            Map.of(Format.JSON, 16L << 20, Format.YAML, 16L << 20, Format.PROTOBUF, 32L << 20);

    private static final String META = "meta.k8s.io/v1";
    private static final String PARTIAL_LIST = "PartialObjectMetadataList";

    private static final String EXPIRED =
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    private final Snapshots snapshots;
    private final Clock clock;

    /// Held while a large list is made as a whole: one at a time, because each takes several times its bytes.
    private final ReentrantLock making = new ReentrantLock(true);

    public Lists(Store store, Clock clock) {
        this.snapshots = new Snapshots(store, clock);
        this.clock = clock;
    }

    /// Some of a kind's resources at one revision.
    ///
    /// @param next where the next page begins, where there is one
    private record Page(
            List<StoredObject> items, long revision, Optional<ContinueToken> next, long remaining) {
        long bytes() {
            return items.stream().mapToLong(item -> item.body().length).sum();
        }
    }

    /// One object in the state that a request asks for.
    public Optional<StoredObject> find(WebRequest request, ResourceKey key) {
        var revision = Options.revision(request);
        var wanted =
                revision.isPresent()
                        ? new Wanted.NotOlderThan(revision.getAsLong())
                        : new Wanted.Newest();
        return snapshots.of(key.kind(), wanted).get(key);
    }

    /// Answers the list of a kind.
    ///
    /// @param namespace empty for all
    /// @param guard is told which earlier revision is about to be read, and throws where that may not be
    public WebResponse list(
            WebRequest request, Served served, String namespace, LongConsumer guard) {
        var form = Representation.of(request);
        var options = Options.ofList(request, served);
        var selection = Selection.of(served, namespace, options);
        if (options.continueToken().isEmpty()) {
            check(options.wanted(), guard);
            return answer(request, selection, form, first(selection, options));
        }
        var token = ContinueToken.parse(options.continueToken());
        check(token.wanted(), guard);
        try {
            var state = whole(snapshots.of(served.kind().key(), token.wanted()), selection);
            var page = page(selection, options, state, Optional.of(token));
            return answer(request, selection, form, page);
        } catch (ProblemException e) {
            if (e.problem().reason() == Reason.EXPIRED) {
                return expired(token, form);
            }
            throw e;
        }
    }

    private static void check(Wanted wanted, LongConsumer guard) {
        if (wanted instanceof Wanted.Exactly(var revision)) {
            guard.accept(revision);
        }
    }

    /// Answers the list of a kind as it was.
    ///
    /// @param state the kind's resources then
    public WebResponse past(WebRequest request, Served served, String namespace, State state) {
        var form = Representation.of(request);
        var options = Options.ofList(request, served);
        var selection = Selection.of(served, namespace, options);
        var page = page(selection, options, state, token(request));
        var wire = new Wire(served);
        var foreign = page.items().stream().filter(item -> !wire.knows(item)).findFirst();
        var warnings =
                Stream.concat(
                                foreign.map(Wire::unconverted).stream(),
                                destroyed(state, selection).stream())
                        .toList();
        var answer =
                foreign.isEmpty()
                        ? answer(request, selection, form, page)
                        : made(request, selection, form, page);
        return warnings.isEmpty()
                ? answer
                : Answers.with(answer, "Warning", Warnings.header(warnings));
    }

    /// The warning that goes with a list of which some is gone.
    private static Optional<String> destroyed(State state, Selection selection) {
        var count = gone(state, selection).count();
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        "some of the %s that were there (%d) were deleted since, which destroyed their content: they are shown, and selected, by the metadata that they had in the end"
                                .formatted(selection.served().names().plural(), count));
    }

    /// The resources whose content was destroyed, where somebody looks.
    private static Stream<ResourceKey> gone(State state, Selection selection) {
        var place = selection.namespace();
        return state.destroyed().keySet().stream()
                .filter(key -> place.isEmpty() || key.namespace().equals(place));
    }

    /// Who names a revision without `asOf` relies on getting all of it.
    private static State whole(State state, Selection selection) {
        gone(state, selection)
                .findFirst()
                .ifPresent(key -> {
                    throw Destruction.refusal(
                            key.toString(), Objects.requireNonNull(state.destroyed().get(key)));
                });
        return state;
    }

    /// The selected resources of a state, whole and in order.
    public List<StoredObject> selected(
            WebRequest request, Served served, String namespace, State state) {
        var selection = Selection.of(served, namespace, Options.ofList(request, served));
        return selection.candidates(state).stream().filter(selection::holds).toList();
    }

    /// The revision that a list of the past is continued at.
    public static OptionalLong continued(WebRequest request) {
        return token(request)
                .map(token -> OptionalLong.of(token.revision()))
                .orElse(OptionalLong.empty());
    }

    private static Optional<ContinueToken> token(WebRequest request) {
        return request.parameter("continue")
                .filter(text -> !text.isEmpty())
                .map(ContinueToken::parse);
    }

    /// Answers the list of what is deleted, as it was before.
    ///
    /// @param deletion is told each resource that the request selects
    /// @param revision the newest one, asked for when all are told
    public WebResponse deleted(
            WebRequest request,
            Served served,
            String namespace,
            Consumer<ResourceKey> deletion,
            LongSupplier revision) {
        var form = Representation.of(request);
        var options = Options.ofList(request, served);
        var selection = Selection.of(served, namespace, options);
        var items = first(selection, options).items();
        items.forEach(item -> deletion.accept(item.key()));
        var page = new Page(items, revision.getAsLong(), Optional.empty(), 0);
        return answer(request, selection, form, page);
    }

    private Page first(Selection selection, Options options) {
        return page(selection, options, state(selection, options), Optional.empty());
    }

    private State state(Selection selection, Options options) {
        try {
            return whole(
                    snapshots.of(selection.served().kind().key(), options.wanted()), selection);
        } catch (ProblemException e) {
            throw e.problem().reason() == Reason.EXPIRED ? tooOld(e.problem()) : e;
        }
    }

    private Page page(
            Selection selection, Options options, State state, Optional<ContinueToken> after) {
        var items = new ArrayList<StoredObject>();
        var candidates = selection.candidates(state, after);
        int seen = 0;
        for (var object : candidates) {
            if (selection.holds(object)) {
                if (options.limit() > 0 && items.size() >= options.limit()) {
                    return page(selection, items, candidates.size() - seen, state);
                }
                items.add(object);
            }
            seen++;
        }
        return new Page(items, state.revision(), Optional.empty(), 0);
    }

    /// A page that is not the last one.
    ///
    /// @param left how many candidates were not looked at any more
    private Page page(Selection selection, List<StoredObject> items, long left, State state) {
        snapshots.keep(selection.served().kind().key(), state);
        var next = ContinueToken.after(items.getLast().key(), state.revision());
        return new Page(
                items, state.revision(), Optional.of(next), selection.isEverything() ? left : 0);
    }

    private WebResponse answer(
            WebRequest request, Selection selection, Representation form, Page page) {
        var served = selection.served();
        var isLong = page.bytes() > MAX_WHOLE_BYTES;
        return Wire.writes(isLong ? form.compact() : form)
                ? bytes(served, form.shape(), page)
                : made(request, selection, form, page);
    }

    private WebResponse made(
            WebRequest request, Selection selection, Representation form, Page page) {
        if (page.bytes() <= MAX_WHOLE_BYTES) {
            return tree(request, selection, form, page);
        }
        refuseTooLong(request, form, page);
        making.lock();
        try {
            return tree(request, selection, form, page);
        } finally {
            making.unlock();
        }
    }

    /// Of what is not sent whole no more is made than cells and metadata, one resource after the other.
    private static void refuseTooLong(WebRequest request, Representation form, Page page) {
        var whole =
                form.shape() == Shape.WHOLE
                        || request.parameter("includeObject").orElse("").equals("Object");
        long most = MAX_MADE_BYTES.getOrDefault(form.format(), 0L);
        if (whole && page.bytes() > most) {
            throw Problem.of(
                            Reason.TOO_LARGE,
                            ("the list takes %d MiB, and in this form at most %d are answered at once: ask for pages of it"
                                            + " (limit), or for application/json")
                                    .formatted(page.bytes() >> 20, most >> 20))
                    .exception();
        }
    }

    private WebResponse tree(
            WebRequest request, Selection selection, Representation form, Page page) {
        var served = selection.served();
        var wire = new Wire(served);
        var resources = each(page.items(), wire::resource);
        var metadata = metadata(served, page);
        if (form.shape() == Shape.TABLE) {
            metadata.remove("continue", "");
        }
        return Answers.tree(
                200,
                switch (form.shape()) {
                    case TABLE ->
                            new Tables(served, request, clock).table(resources, metadata, true);
                    case METADATA ->
                            list(
                                    META,
                                    PARTIAL_LIST,
                                    metadata,
                                    resources.stream().map(Tables::partial).toList());
                    case WHOLE ->
                            list(
                                    served.apiVersion(),
                                    served.names().listKind(),
                                    metadata,
                                    each(page.items(), item -> wire.resource(item).tree()));
                },
                form);
    }

    /// Each item is made when it is looked at, and not kept: the trees of a list take several times its bytes.
    private static <T> List<T> each(List<StoredObject> items, Function<StoredObject, T> form) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                return form.apply(items.get(index));
            }

            @Override
            public int size() {
                return items.size();
            }
        };
    }

    private static Map<String, Object> list(
            String apiVersion, String kind, Map<String, Object> metadata, List<?> items) {
        return Tree.of(
                "kind", kind, "apiVersion", apiVersion, "metadata", metadata, "items", items);
    }

    private static WebResponse bytes(Served served, Shape shape, Page page) {
        var headers = Map.of("Content-Type", Format.JSON.contentType());
        if (page.bytes() > MAX_WHOLE_BYTES) {
            return new WebResponse.Streaming(
                    200, headers, out -> write(served, shape, page, out), false);
        }
        var out = new ByteArrayOutputStream((int) page.bytes() + page.items().size() * 64 + 256);
        try {
            write(served, shape, page, out);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return new WebResponse.Whole(200, headers, out.toByteArray());
    }

    private static void write(Served served, Shape shape, Page page, OutputStream out)
            throws IOException {
        var partial = shape == Shape.METADATA;
        var head =
                "{\"kind\":%s,\"apiVersion\":%s,\"metadata\":%s,\"items\":["
                        .formatted(
                                Json.text(partial ? PARTIAL_LIST : served.names().listKind()),
                                Json.text(partial ? META : served.apiVersion()),
                                Json.text(metadata(served, page)));
        out.write(head.getBytes(StandardCharsets.UTF_8));
        var wire = new Wire(served);
        var first = true;
        for (var item : page.items()) {
            if (!first) {
                out.write(',');
            }
            wire.writeItem(item, shape, out);
            first = false;
        }
        out.write("]}\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> metadata(Served served, Page page) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resourceVersion", Long.toString(page.revision()));
        if (page.next().isPresent()) {
            metadata.put("continue", page.next().get().text());
        } else if (!served.kind().rules().builtIn()) {
            metadata.put("continue", "");
        }
        if (page.remaining() > 0) {
            metadata.put("remainingItemCount", page.remaining());
        }
        return metadata;
    }

    private static WebResponse expired(ContinueToken token, Representation form) {
        var status = Statuses.of(Problem.of(Reason.EXPIRED, EXPIRED));
        status.put("metadata", Tree.of("continue", token.atNewest().text()));
        return Answers.tree(Reason.EXPIRED.status(), status, form);
    }

    private static ProblemException tooOld(Problem problem) {
        return Problem.of(
                        Reason.EXPIRED,
                        "The resourceVersion for the provided list is too old. "
                                + problem.message())
                .exception();
    }
}
