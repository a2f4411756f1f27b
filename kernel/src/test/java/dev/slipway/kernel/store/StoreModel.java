package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a store should answer, worked out in the plainest way from a list. Shares no code with the stores.
final class StoreModel {
    private List<Line> log = new ArrayList<>();
    private TreeMap<ResourceKey, Line> current = new TreeMap<>();

    /// One revision in words.
    record Line(
            long number,
            ResourceKey key,
            Operation operation,
            long previous,
            long batch,
            String text) {}

    /// Lines for a commit that holds, or `failed KEY WANTED ACTUAL`.
    Object commit(Commit commit) {
        for (var condition : commit.preconditions()) {
            var actual = newest(condition.key());
            var holds = condition.revision() == -1 ? actual != 0 : condition.revision() == actual;
            if (!holds) {
                return failed(condition.key(), condition.revision(), actual);
            }
        }
        var savedLog = new ArrayList<>(log);
        var savedCurrent = new TreeMap<>(current);
        var batch = log.size() + 1L;
        for (var change : commit.changes()) {
            var actual = newest(change.key());
            if ((change.operation() == Operation.CREATE) == (actual != 0)) {
                log = savedLog;
                current = savedCurrent;
                return failed(
                        change.key(), change.operation() == Operation.CREATE ? 0 : -1, actual);
            }
            add(change, actual, batch);
        }
        return List.copyOf(log.subList((int) batch - 1, log.size()));
    }

    List<Line> log() {
        return log;
    }

    List<Line> existing() {
        return List.copyOf(current.values());
    }

    List<Line> history(ResourceKey key) {
        return log.stream().filter(line -> line.key().equals(key)).toList().reversed();
    }

    /// What a watcher sees after a revision: the line and the text before it.
    Optional<List<Object>> next(Scope scope, long after) {
        return log.stream()
                .filter(line -> line.number() > after && scope.holds(line.key()))
                .findFirst()
                .map(line -> List.of(line.number(), line.operation(), line.text(), before(line)));
    }

    long newest(ResourceKey key) {
        return current.containsKey(key) ? current.get(key).number() : 0;
    }

    long revision() {
        return log.size();
    }

    static Object described(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Committed(var revisions) ->
                    revisions.stream().map(StoreModel::described).toList();
            case Outcome.Failed(var condition, var actual) ->
                    failed(condition.key(), condition.revision(), actual);
            case Outcome.Fenced fenced -> fenced;
            case Outcome.Full full -> full;
        };
    }

    static Line described(Revision revision) {
        return new Line(
                revision.number(),
                revision.key(),
                revision.operation(),
                revision.previous(),
                revision.batch(),
                text(revision.body()));
    }

    static List<Object> described(Event event) {
        return List.of(
                event.revision(),
                event.operation(),
                text(event.object().body()),
                event.previous().map(object -> text(object.body())).orElse(""));
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private void add(Change change, long previous, long batch) {
        var line =
                new Line(
                        log.size() + 1L,
                        change.key(),
                        change.operation(),
                        previous,
                        batch,
                        text(change.body()));
        log.add(line);
        if (change.operation() == Operation.DELETE) {
            current.remove(change.key());
        } else {
            current.put(change.key(), line);
        }
    }

    private String before(Line line) {
        return line.previous() == 0 ? "" : log.get((int) line.previous() - 1).text();
    }

    private static String failed(ResourceKey key, long wanted, long actual) {
        return "failed %s %d %d".formatted(key, wanted, actual);
    }
}
