package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.COMPONENTS;
import static dev.slipway.kernel.store.Changes.SERVICES;
import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.commitIf;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.secret;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every store promises, however it keeps its log.
@Timeout(60)
abstract class StoreContract {
    static final Clock NOON =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00.123456Z"), ZoneOffset.UTC);
    static final Duration LONG = Duration.ofSeconds(20);

    Store store;

    abstract Store open(Clock clock, StoreSettings settings) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(NOON, StoreSettings.defaults());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void startsEmptyAtRevisionZero() {
        assertThat(store.state().revision()).isZero();
        assertThat(store.state().kinds()).isEmpty();
        assertThat(store.state().list(SERVICES)).isEmpty();
        assertThat(store.state().list(SERVICES, "default")).isEmpty();
        assertThat(store.log(0, 10)).isEmpty();
        assertThat(store.history(service("a"), 10)).isEmpty();
        assertThat(store.revision(1)).isEmpty();
    }

    @Test
    void showsWhatIsCommittedAtOnce() {
        var revision = committed(commit(creation(service("a"), "one"))).getFirst();

        assertThat(revision.number()).isEqualTo(1);
        assertThat(store.state().revision()).isEqualTo(1);
        var object = store.state().get(service("a")).orElseThrow();
        assertThat(object.revision()).isEqualTo(1);
        assertThat(object.resource().at("text")).isEqualTo("one");
        assertThat(object.resource().resourceVersion()).isEqualTo("1");
    }

    @Test
    void keepsEveryFieldOfARevision() throws Exception {
        var attribution =
                new Attribution(
                        "system:controller",
                        List.of(1L, 2L),
                        "ticket 7 – ö",
                        new Origin("::1", "kubectl \"x\"", "id", "root", "RBAC: ö"));
        committed(commit(creation(service("a"), "one"), creation(service("b"), "one")));
        var change = update(service("b"), "two");
        store.commit(new Commit(List.of(change), List.of(), attribution));

        var revision = store.revision(3).orElseThrow();
        assertThat(revision.number()).isEqualTo(3);
        assertThat(revision.key()).isEqualTo(service("b"));
        assertThat(revision.uid()).isEqualTo("uid-b");
        assertThat(revision.operation()).isEqualTo(Operation.UPDATE);
        assertThat(revision.previous()).isEqualTo(2);
        assertThat(revision.attribution()).isEqualTo(attribution);
        assertThat(revision.time()).isEqualTo(NOON.instant());
        assertThat(revision.batch()).isEqualTo(3);
        assertThat(revision.body()).isEqualTo(change.body());
    }

    @Test
    void keepsEveryPartOfAKey() {
        var key = new ResourceKey("edge", "apps.example.org", "things", "ns-ü", "name \"x\"");
        committed(commit(creation(key, "one")));

        assertThat(store.state().get(key)).isPresent();
        assertThat(store.revision(1).orElseThrow().key()).isEqualTo(key);
        assertThat(store.state().get(SERVICES.resource("ns-ü", "name \"x\""))).isEmpty();
    }

    @Test
    void numbersTheChangesOfACommitInARow() {
        committed(commit(creation(service("a"), "one")));
        var revisions =
                committed(
                        commit(
                                creation(service("b"), "one"),
                                update(service("a"), "two"),
                                deletion(service("b"), "gone")));

        assertThat(revisions).extracting(Revision::number).containsExactly(2L, 3L, 4L);
        assertThat(revisions).extracting(Revision::batch).containsOnly(2L);
        assertThat(revisions).extracting(Revision::previous).containsExactly(0L, 1L, 2L);
        assertThat(store.state().get(service("b"))).isEmpty();
    }

    @Test
    void refusesToCreateWhatExists() {
        committed(commit(creation(service("a"), "one")));

        assertThat(store.commit(commit(creation(service("a"), "two"))))
                .isEqualTo(new Outcome.Failed(Precondition.absent(service("a")), 1));
        assertThat(text("a")).isEqualTo("one");
    }

    @Test
    void refusesToUpdateOrDeleteWhatDoesNotExist() {
        var failed = new Outcome.Failed(Precondition.present(service("a")), 0);

        assertThat(store.commit(commit(update(service("a"), "two")))).isEqualTo(failed);
        assertThat(store.commit(commit(deletion(service("a"), "two")))).isEqualTo(failed);
        assertThat(store.state().revision()).isZero();
    }

    @Test
    void refusesAStaleWrite() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(update(service("a"), "two")));
        var stale = new Precondition(service("a"), 1);

        assertThat(store.commit(commitIf(update(service("a"), "three"), stale)))
                .isEqualTo(new Outcome.Failed(stale, 2));
        assertThat(text("a")).isEqualTo("two");
        committed(commitIf(update(service("a"), "three"), new Precondition(service("a"), 2)));
        assertThat(text("a")).isEqualTo("three");
    }

    @Test
    void checksPreconditionsOnOtherKeys() {
        committed(commit(creation(service("namespace"), "one")));
        var present = Precondition.present(service("namespace"));
        var absent = Precondition.absent(service("lock"));

        committed(commitIf(creation(service("a"), "one"), present, absent));
        committed(commit(deletion(service("namespace"), "one")));
        assertThat(store.commit(commitIf(creation(service("b"), "one"), absent, present)))
                .isEqualTo(new Outcome.Failed(present, 0));
        committed(commit(creation(service("lock"), "one")));
        assertThat(store.commit(commitIf(creation(service("b"), "one"), absent)))
                .isEqualTo(new Outcome.Failed(absent, 4));
    }

    @Test
    void storesAllOfACommitOrNothing() {
        committed(commit(creation(service("a"), "one")));
        var outcome =
                store.commit(
                        commit(
                                update(service("a"), "two"),
                                creation(service("b"), "one"),
                                creation(service("a"), "three")));

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(store.state().revision()).isEqualTo(1);
        assertThat(text("a")).isEqualTo("one");
        assertThat(store.state().get(service("b"))).isEmpty();
        assertThat(store.log(0, 10)).hasSize(1);
        assertThat(committed(commit(creation(service("b"), "one"))).getFirst().number())
                .isEqualTo(2);
    }

    @Test
    void startsAfreshWhenADeletedNameIsCreatedAgain() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(deletion(service("a"), "gone")));
        assertThat(store.commit(commit(update(service("a"), "two"))))
                .isInstanceOf(Outcome.Failed.class);
        committed(commitIf(creation(service("a"), "two"), Precondition.absent(service("a"))));

        assertThat(store.revision(3).orElseThrow().previous()).isZero();
        assertThat(store.state().get(service("a")).orElseThrow().revision()).isEqualTo(3);
        assertThat(numbers(store.history(service("a"), 10))).containsExactly(3L, 2L, 1L);
    }

    @Test
    void readsTheLogFromAnyPlace() {
        fill(10);

        assertThat(numbers(store.log(0, 100))).containsExactly(range(1, 10));
        assertThat(numbers(store.log(7, 100))).containsExactly(8L, 9L, 10L);
        assertThat(numbers(store.log(3, 2))).containsExactly(4L, 5L);
        assertThat(store.log(10, 5)).isEmpty();
        assertThat(store.log(99, 5)).isEmpty();
        assertThat(store.log(0, 0)).isEmpty();
        assertThatThrownBy(() -> store.log(-1, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheHistoryOfADeletedKey() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(creation(service("b"), "one")));
        committed(commit(update(service("a"), "two")));
        committed(commit(deletion(service("a"), "gone")));

        var history = store.history(service("a"), 10);
        assertThat(numbers(history)).containsExactly(4L, 3L, 1L);
        assertThat(history)
                .extracting(one -> one.object().resource().at("text"))
                .containsExactly("gone", "two", "one");
        assertThat(numbers(store.history(service("a"), 2))).containsExactly(4L, 3L);
        assertThat(store.history(service("c"), 2)).isEmpty();
    }

    @Test
    void tellsWhatAKeyWasAtAnyRevision() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(creation(service("b"), "one")));
        committed(commit(update(service("a"), "two")));
        committed(commit(deletion(service("a"), "gone")));
        committed(commit(creation(service("a"), "three")));

        assertThat(store.at(service("a"), 0)).isEmpty();
        assertThat(store.at(service("a"), 1).orElseThrow().number()).isEqualTo(1);
        assertThat(store.at(service("a"), 2).orElseThrow().number()).isEqualTo(1);
        assertThat(store.at(service("a"), 3).orElseThrow().object().resource().at("text"))
                .isEqualTo("two");
        assertThat(store.at(service("a"), 4).orElseThrow().operation()).isEqualTo(Operation.DELETE);
        assertThat(store.at(service("a"), 5).orElseThrow().number()).isEqualTo(5);
        assertThat(store.at(service("b"), 1)).isEmpty();
        assertThat(store.at(service("c"), 5)).isEmpty();
        assertThat(numbers(store.history(service("a"), 4, 2))).containsExactly(3L, 1L);
    }

    @Test
    void readsWhatIsConfidentialWhileItExists() {
        committed(commit(secret(Operation.CREATE, service("a"), "1", "one")));
        committed(commit(secret(Operation.UPDATE, service("a"), "1", "two")));

        assertThat(texts(store.history(service("a"), 10))).containsExactly("two", "one");
        assertThat(texts(store.log(0, 10))).containsExactly("one", "two");
        assertThat(store.at(service("a"), 1).orElseThrow().object().resource().at("text"))
                .isEqualTo("one");
        assertThat(store.past(SERVICES, 1).get(service("a")).orElseThrow().resource().at("text"))
                .isEqualTo("one");
        assertThat(store.revision(2).orElseThrow().seal()).isEqualTo(Seal.SEALED);
    }

    @Test
    void forgetsWhatWasConfidentialWithItsResource() {
        committed(commit(secret(Operation.CREATE, service("a"), "1", "one")));
        committed(commit(secret(Operation.UPDATE, service("a"), "1", "two")));
        committed(commit(secret(Operation.DELETE, service("a"), "1", "gone")));
        committed(commit(secret(Operation.CREATE, service("a"), "2", "three")));

        assertThat(numbers(store.history(service("a"), 10))).containsExactly(4L, 3L, 2L, 1L);
        assertThat(store.history(service("a"), 10))
                .extracting(Revision::seal)
                .containsExactly(Seal.SEALED, Seal.OPEN, Seal.SHREDDED, Seal.SHREDDED);
        assertThat(new String(store.revision(1).orElseThrow().body(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"a\",\"namespace\":\"default\",\"uid\":\"1\"}}");
        assertThat(store.at(service("a"), 3).orElseThrow().operation()).isEqualTo(Operation.DELETE);
        assertThat(texts(List.of(store.at(service("a"), 4).orElseThrow())))
                .containsExactly("three");
    }

    @Test
    void tellsWhatADeletionLeftOfWhatWasConfidential() {
        committed(commit(secret(Operation.CREATE, service("a"), "1", "one")));
        committed(commit(creation(service("b"), "one")));
        committed(commit(secret(Operation.DELETE, service("a"), "1", "gone")));
        committed(commit(secret(Operation.CREATE, service("a"), "2", "three")));

        var destroyed = store.at(service("a"), 2).orElseThrow();
        assertThat(destroyed.shredded()).isTrue();
        assertThat(store.deletion(destroyed).map(Revision::number)).contains(3L);
        assertThat(store.deletion(store.at(service("a"), 4).orElseThrow())).isEmpty();
        var past = store.past(SERVICES, 2);
        assertThat(past.list(SERVICES)).hasSize(2);
        assertThat(past.destroyed()).containsOnlyKeys(service("a"));
        var left = past.get(service("a")).orElseThrow();
        assertThat(left.revision()).isEqualTo(1);
        assertThat(left.resource().at("text")).isEqualTo("gone");
        assertThat(left.resource().annotation("slipway.dev/content-destroyed-at"))
                .contains(store.deletion(destroyed).orElseThrow().time().toString());
        assertThat(store.past(SERVICES, 3).list(SERVICES)).hasSize(1);
        assertThat(store.past(SERVICES, 3).destroyed()).isEmpty();
        assertThat(store.past(SERVICES, 4).destroyed()).isEmpty();
    }

    @Test
    void watchesOnlyTheDeletionOfWhatWasConfidential() throws Exception {
        try (var other = open(NOON, StoreSettings.defaults().withTailEvents(1))) {
            other.commit(commit(secret(Operation.CREATE, service("a"), "1", "one")));
            other.commit(commit(secret(Operation.UPDATE, service("a"), "1", "two")));
            other.commit(commit(secret(Operation.DELETE, service("a"), "1", "gone")));
            other.commit(commit(creation(service("b"), "one")));
            var watch = other.watch(new Scope.OfKind(SERVICES), 0);

            var deletion = watch.poll().orElseThrow();
            assertThat(deletion.operation()).isEqualTo(Operation.DELETE);
            assertThat(deletion.revision()).isEqualTo(3);
            assertThat(deletion.previous().orElseThrow().resource().at("text")).isEqualTo("gone");
            assertThat(watch.poll().orElseThrow().revision()).isEqualTo(4);
            assertThat(watch.poll()).isEmpty();
        }
    }

    @Test
    void tellsWhatAKindWasAtAnyRevision() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(creation(COMPONENTS.resource("x", "c"), "one")));
        committed(commit(creation(service("b"), "one"), update(service("a"), "two")));
        committed(commit(deletion(service("b"), "gone")));
        committed(commit(update(service("a"), "three")));

        assertThat(pastOf(0)).isEmpty();
        assertThat(pastOf(1)).containsExactly("a 1");
        assertThat(pastOf(2)).containsExactly("a 1");
        assertThat(pastOf(3)).containsExactly("a 1", "b 3");
        assertThat(pastOf(4)).containsExactly("a 4", "b 3");
        assertThat(pastOf(5)).containsExactly("a 4");
        assertThat(pastOf(6)).containsExactly("a 6");
        assertThat(store.past(SERVICES, 3).revision()).isEqualTo(3);
    }

    @Test
    void refusesToTellTheFuture() {
        fill(2);
        for (Callable<?> ask :
                List.<Callable<?>>of(
                        () -> store.at(service("s1"), 3), () -> store.past(SERVICES, 3))) {
            assertThatThrownBy(ask::call)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problem().message())
                                            .isEqualTo(
                                                    "revision 3 does not exist yet: the newest is 2"));
        }
    }

    @Test
    void findsTheRevisionOfATime() throws Exception {
        var clock = new SteppingClock(NOON.instant());
        try (var other = open(clock, StoreSettings.defaults())) {
            for (int i = 0; i < 20; i++) {
                clock.now = NOON.instant().plusSeconds(10L * (i / 2));
                other.commit(commit(creation(service("s" + i), "one")));
            }
            assertThat(other.numberAt(NOON.instant().minusSeconds(1))).isZero();
            assertThat(other.numberAt(NOON.instant())).isEqualTo(2);
            assertThat(other.numberAt(NOON.instant().plusSeconds(9))).isEqualTo(2);
            assertThat(other.numberAt(NOON.instant().plusSeconds(45))).isEqualTo(10);
            assertThat(other.numberAt(NOON.instant().plusSeconds(4_000))).isEqualTo(20);
        }
    }

    @Test
    void refusesACommitUnderALeaseThatIsNotHeld() {
        var change = commit(creation(service("a"), "one"));
        var leased =
                new Commit(
                        change.changes(),
                        change.preconditions(),
                        change.attribution(),
                        OptionalLong.of(7));

        assertThat(store.commit(leased)).isEqualTo(new Outcome.Fenced(0));
        assertThat(store.state().revision()).isZero();
    }

    @Test
    void listsInOrderOfNamespaceAndName() {
        for (var place : List.of("b/a", "a-1/z", "a/z", "a/b", "a/b-1", "aa/a", "/root")) {
            var parts = place.split("/", -1);
            committed(commit(creation(SERVICES.resource(parts[0], parts[1]), "one")));
        }
        committed(commit(creation(COMPONENTS.resource("a", "c"), "one")));

        var state = store.state();
        assertThat(places(state.list(SERVICES)))
                .containsExactly("/root", "a/b", "a/b-1", "a/z", "a-1/z", "aa/a", "b/a");
        assertThat(places(state.list(SERVICES, "a"))).containsExactly("a/b", "a/b-1", "a/z");
        assertThat(places(state.list(SERVICES, ""))).containsExactly("/root");
        assertThat(state.list(SERVICES, "none")).isEmpty();
        assertThat(state.count(SERVICES)).isEqualTo(7);
        assertThat(state.kinds()).containsExactlyInAnyOrder(SERVICES, COMPONENTS);
    }

    @Test
    void forgetsAKindWithItsLastResource() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(deletion(service("a"), "one")));

        assertThat(store.state().kinds()).isEmpty();
        assertThat(store.state().count(SERVICES)).isZero();
    }

    @Test
    void keepsAStateThatWasTakenAsItWas() {
        committed(commit(creation(service("a"), "one"), creation(service("b"), "one")));
        var taken = store.state();
        committed(commit(update(service("a"), "two"), deletion(service("b"), "gone")));

        assertThat(taken.revision()).isEqualTo(2);
        assertThat(taken.get(service("a")).orElseThrow().resource().at("text")).isEqualTo("one");
        assertThat(places(taken.list(SERVICES))).containsExactly("default/a", "default/b");
        assertThatThrownBy(() -> taken.list(SERVICES).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void neverLetsTimeRunBackwards() throws Exception {
        var clock = new SteppingClock(NOON.instant());
        try (var other = open(clock, StoreSettings.defaults())) {
            other.commit(commit(creation(service("a"), "one")));
            clock.now = NOON.instant().minusSeconds(5);
            other.commit(commit(creation(service("b"), "one")));
            clock.now = NOON.instant().plusSeconds(5);
            other.commit(commit(creation(service("c"), "one")));

            assertThat(other.log(0, 3))
                    .extracting(Revision::time)
                    .containsExactly(NOON.instant(), NOON.instant(), NOON.instant().plusSeconds(5));
        }
    }

    @Test
    void watchesFromAnyRevision() throws Exception {
        fill(5);
        for (int after = 0; after <= 5; after++) {
            try (var watch = store.watch(new Scope.Everything(), after)) {
                assertThat(drain(watch)).containsExactly(range(after + 1, 5));
                assertThat(watch.revision()).isEqualTo(5);
            }
        }
    }

    @Test
    void refusesToWatchFromTheFuture() {
        fill(2);
        assertThatThrownBy(() -> store.watch(new Scope.Everything(), 3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().reason()).isEqualTo(Reason.EXPIRED));
        assertThat(store.watches()).isZero();
    }

    @Test
    void tellsWatchersWhatWasBefore() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(update(service("a"), "two")));
        committed(commit(deletion(service("a"), "gone")));
        committed(commit(creation(service("a"), "again")));

        try (var watch = store.watch(new Scope.Everything(), 0)) {
            assertThat(watch.poll()).hasValueSatisfying(e -> shows(e, Operation.CREATE, "one", ""));
            assertThat(watch.poll())
                    .hasValueSatisfying(e -> shows(e, Operation.UPDATE, "two", "one"));
            assertThat(watch.poll())
                    .hasValueSatisfying(e -> shows(e, Operation.DELETE, "gone", "two"));
            assertThat(watch.poll())
                    .hasValueSatisfying(e -> shows(e, Operation.CREATE, "again", ""));
            assertThat(watch.poll()).isEmpty();
        }
    }

    @Test
    void watchesOnlyItsScope() {
        committed(commit(creation(service("a"), "one")));
        committed(commit(creation(COMPONENTS.resource("default", "a"), "one")));
        committed(commit(creation(SERVICES.resource("other", "a"), "one")));
        var mirrored = new ResourceKey("edge", "", "services", "default", "a");
        committed(commit(creation(mirrored, "one")));

        assertThat(seen(new Scope.Everything())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(seen(new Scope.OfKind(SERVICES))).containsExactly(1L, 3L);
        assertThat(seen(new Scope.InNamespace(SERVICES, "other"))).containsExactly(3L);
        assertThat(seen(new Scope.OfKind(mirrored.kind()))).containsExactly(4L);
    }

    @Test
    void movesABookmarkPastWhatIsNotOfItsScope() {
        try (var watch = store.watch(new Scope.OfKind(COMPONENTS), 0)) {
            fill(3);
            assertThat(watch.poll()).isEmpty();
            assertThat(watch.revision()).isEqualTo(3);
        }
    }

    @Test
    void keepsABookmarkBehindWhatIsNotDelivered() {
        fill(3);
        try (var watch = store.watch(new Scope.Everything(), 0)) {
            assertThat(watch.revision()).isZero();
            watch.poll();
            assertThat(watch.revision()).isEqualTo(1);
        }
    }

    @Test
    void wakesAWaitingWatch() throws Exception {
        try (var watch = store.watch(new Scope.OfKind(SERVICES), 0);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var event = threads.submit(() -> watch.next(LONG));
            committed(commit(creation(COMPONENTS.resource("default", "a"), "one")));
            committed(commit(creation(service("a"), "one")));

            assertThat(event.get().orElseThrow().revision()).isEqualTo(2);
        }
    }

    @Test
    void givesUpWaitingAfterItsPatience() throws Exception {
        try (var watch = store.watch(new Scope.Everything(), 0)) {
            assertThat(watch.next(Duration.ofMillis(20))).isEmpty();
            assertThat(watch.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void wakesAReaderWhoseWatchIsClosed() throws Exception {
        var watch = store.watch(new Scope.Everything(), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var event = threads.submit(() -> watch.next(LONG));
            Thread.sleep(20);
            watch.close();
            watch.close();

            assertThat(event.get()).isEqualTo(Optional.empty());
            assertThat(store.watches()).isZero();
            fill(1);
            assertThat(watch.poll()).isEmpty();
        }
    }

    @Test
    void endsEverythingWhenItIsClosed() throws Exception {
        var watch = store.watch(new Scope.Everything(), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var event = threads.submit(() -> watch.next(LONG));
            Thread.sleep(20);
            store.close();
            store.close();

            assertThatThrownBy(event::get).hasCauseInstanceOf(ProblemException.class);
            unavailable(watch::poll);
            unavailable(() -> store.commit(commit(creation(service("a"), "one"))));
            unavailable(() -> store.log(0, 1));
            unavailable(() -> store.watch(new Scope.Everything(), 0));
        }
    }

    @Test
    void countsItsWatches() {
        var first = store.watch(new Scope.Everything(), 0);
        var second = store.watch(new Scope.OfKind(SERVICES), 0);
        assertThat(store.watches()).isEqualTo(2);
        first.close();
        second.close();
        assertThat(store.watches()).isZero();
    }

    @Test
    void readsTheLogForAWatchTheTailHasLeftBehind() throws Exception {
        try (var other = open(NOON, StoreSettings.defaults().withTailEvents(4))) {
            var slow = other.watch(new Scope.OfKind(SERVICES), 0);
            var idle = other.watch(new Scope.OfKind(COMPONENTS), 0);
            for (int i = 0; i < 600; i++) {
                other.commit(
                        commit(
                                i == 0
                                        ? creation(service("a"), "0")
                                        : update(service("a"), "" + i)));
            }
            other.commit(commit(creation(COMPONENTS.resource("default", "a"), "one")));

            assertThat(drain(slow)).containsExactly(range(1, 600));
            assertThat(drain(idle)).containsExactly(601L);
            try (var late = other.watch(new Scope.InNamespace(SERVICES, "default"), 300)) {
                assertThat(drain(late)).containsExactly(range(301, 600));
                assertThat(late.revision()).isEqualTo(601);
            }
        }
    }

    @Test
    void deliversExactlyOnceAndInOrderBesideConcurrentWriters() throws Exception {
        int writers = 16;
        int each = 50;
        int count = writers * each;
        try (var other = open(NOON, StoreSettings.defaults().withTailEvents(32));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            var readers = new ArrayList<Future<List<Long>>>();
            var writing = new ArrayList<Future<Void>>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(reader(other, count, start)));
            }
            for (int i = 0; i < writers; i++) {
                writing.add(threads.submit(writer(other, "w" + i, each, start)));
            }
            start.countDown();
            for (var one : writing) {
                one.get();
            }

            for (var reader : readers) {
                assertThat(reader.get()).containsExactly(range(1, count));
            }
            assertThat(other.state().count(SERVICES)).isEqualTo(count);
        }
    }

    @Test
    void letsOnlyOneOfManyWritersWin() throws Exception {
        committed(commit(creation(service("a"), "one")));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts =
                    threads.invokeAll(
                            IntStream.range(0, 32)
                                    .<Callable<Outcome>>mapToObj(i ->
                                            () ->
                                                    store.commit(
                                                            commitIf(
                                                                    update(service("a"), "" + i),
                                                                    new Precondition(
                                                                            service("a"), 1))))
                                    .toList());
            var won = 0;
            for (var attempt : attempts) {
                won += attempt.get() instanceof Outcome.Committed ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(store.state().revision()).isEqualTo(2);
        }
    }

    @Test
    void showsNobodyHalfACommit() throws Exception {
        committed(commit(creation(service("a"), "0"), creation(service("b"), "0")));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing =
                    threads.submit(() -> {
                        for (int i = 1; i <= 200; i++) {
                            committed(
                                    commit(
                                            update(service("a"), "" + i),
                                            update(service("b"), "" + i)));
                        }
                    });
            while (!writing.isDone()) {
                var state = store.state();
                assertThat(state.get(service("a")).orElseThrow().resource().at("text"))
                        .isEqualTo(state.get(service("b")).orElseThrow().resource().at("text"));
            }
            writing.get();
        }
    }

    private List<String> pastOf(long number) {
        return store.past(SERVICES, number).list(SERVICES).stream()
                .map(object -> object.key().name() + " " + object.revision())
                .toList();
    }

    List<Revision> committed(Commit commit) {
        return switch (store.commit(commit)) {
            case Outcome.Committed(var revisions) -> revisions;
            case Outcome.Failed failed -> throw new AssertionError("not committed: " + failed);
            case Outcome.Fenced fenced -> throw new AssertionError("not committed: " + fenced);
            case Outcome.Full full -> throw new AssertionError("not committed: " + full);
        };
    }

    void fill(int count) {
        for (int i = 1; i <= count; i++) {
            committed(commit(creation(service("s" + i), "one")));
        }
    }

    static List<Long> drain(Watch watch) {
        var numbers = new ArrayList<Long>();
        for (var event = watch.poll(); event.isPresent(); event = watch.poll()) {
            numbers.add(event.get().revision());
        }
        return numbers;
    }

    static Long[] range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
    }

    private List<Long> seen(Scope scope) {
        try (var watch = store.watch(scope, 0)) {
            return drain(watch);
        }
    }

    private String text(String name) {
        var object = store.state().get(service(name)).orElseThrow();
        return (String) object.resource().at("text");
    }

    private static Callable<List<Long>> reader(Store store, int count, CountDownLatch start) {
        return () -> {
            try (var watch = store.watch(new Scope.OfKind(SERVICES), 0)) {
                start.await();
                var numbers = new ArrayList<Long>();
                while (numbers.size() < count) {
                    var event = watch.next(LONG).orElseThrow();
                    assertThat(store.state().revision()).isGreaterThanOrEqualTo(event.revision());
                    numbers.add(event.revision());
                }
                assertThat(watch.poll()).isEmpty();
                return numbers;
            }
        };
    }

    private static Callable<Void> writer(
            Store store, String name, int count, CountDownLatch start) {
        return () -> {
            start.await();
            for (int i = 0; i < count; i++) {
                store.commit(commit(creation(service(name + "-" + i), "one")));
            }
            return null;
        };
    }

    private static void shows(Event event, Operation operation, String text, String before) {
        assertThat(event.operation()).isEqualTo(operation);
        assertThat(event.object().resource().at("text")).isEqualTo(text);
        assertThat(event.previous().map(object -> object.resource().at("text")).orElse(""))
                .isEqualTo(before);
    }

    private static void unavailable(Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().reason())
                                        .isEqualTo(Reason.SERVICE_UNAVAILABLE));
    }

    private static List<Object> texts(List<Revision> revisions) {
        return revisions.stream().map(revision -> revision.object().resource().at("text")).toList();
    }

    private static List<Long> numbers(List<Revision> revisions) {
        return revisions.stream().map(Revision::number).toList();
    }

    private static List<String> places(Collection<StoredObject> objects) {
        return objects.stream().map(o -> o.key().namespace() + "/" + o.key().name()).toList();
    }

    /// A clock that shows what it is told.
    static final class SteppingClock extends Clock {
        volatile Instant now;

        SteppingClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
