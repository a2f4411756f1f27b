package dev.slipway.simulation;

import dev.slipway.kernel.model.Problem.Fault;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.store.Broken;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Witness;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody who writes, and who repeats a request when it is not known what came of it.
final class Client implements Actor {
    private static final Set<Written.Effect> STORED =
            EnumSet.of(
                    Written.Effect.CREATED,
                    Written.Effect.UPDATED,
                    Written.Effect.DELETED,
                    Written.Effect.TERMINATING);

    private final String name;
    private final List<Host> hosts;
    private final Witness witness;
    private final Requests requests;
    private final Chance chance;
    private Host host;
    private boolean resting;

    /// A request whose answer was lost.
    private @Nullable Request unanswered;

    Client(int number, Simulated world, List<Host> hosts) {
        this.name = "client " + number;
        this.hosts = hosts;
        this.witness = world.medium().witness();
        this.chance = world.chance().split();
        this.requests = new Requests(name, world.chance().split());
        this.host = hosts.getFirst();
    }

    /// Asks for nothing any more.
    void rest() {
        resting = true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int weight() {
        return resting || host.serving().isEmpty() ? 0 : 10;
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.of(host);
    }

    @Override
    public String step() {
        var instance = host.serving().orElseThrow();
        var again = Optional.ofNullable(unanswered).filter(_ -> chance.oneIn(2));
        var request = again.orElseGet(() -> requests.next(instance.resources()));
        unanswered = request;
        var before = witness.newest();
        var told = request.title() + (again.isPresent() ? " again" : "") + ": ";
        try {
            var written = request.write().apply(instance.resources());
            unanswered = null;
            left(before, written.effect() == Written.Effect.UNCHANGED ? 0 : 1, request);
            check(request, written, instance);
            return told + written.effect() + " " + written.object().resourceVersion();
        } catch (ProblemException e) {
            var unknown = e.problem().reason().fault() == Fault.CAPACITY;
            unanswered = unknown ? request : null;
            left(before, unknown ? 1 : 0, request);
            Broken.unless(
                    e.problem().reason() != Reason.INTERNAL_ERROR,
                    "%s got an internal error: %s",
                    request.title(),
                    e.problem().message());
            return told + e.problem().reason();
        } finally {
            host = chance.oneIn(5) ? chance.of(hosts) : host;
        }
    }

    /// Holds how many revisions a request has left against how many it may have left.
    private void left(long before, int most, Request request) {
        var own =
                witness.after(before).stream()
                        .filter(revision -> revision.attribution().actor().equals(name))
                        .map(Revision::number)
                        .toList();
        Broken.unless(
                own.size() <= most,
                "%s was answered as if it had left no more than %d revisions, and it left %s",
                request.title(),
                most,
                own);
    }

    /// What was acknowledged can be read, and replaced what it was meant to.
    private void check(Request request, Written written, Instance instance) {
        if (!STORED.contains(written.effect()) || written.object().resourceVersion().isEmpty()) {
            return;
        }
        var revision = Long.parseLong(written.object().resourceVersion());
        Broken.unless(
                instance.store().state().revision() >= revision,
                "revision %d was acknowledged and cannot be read",
                revision);
        var kept = witness.revision(revision);
        Broken.unless(kept.isPresent(), "revision %d was acknowledged and not kept", revision);
        Broken.unless(
                request.replaces().isEmpty()
                        || kept.map(Revision::previous).orElse(0L)
                                == request.replaces().getAsLong(),
                "revision %d replaced another revision than %s, which its writer had seen",
                revision,
                request.replaces());
    }
}
