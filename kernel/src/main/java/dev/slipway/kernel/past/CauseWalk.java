package dev.slipway.kernel.past;

import dev.slipway.kernel.past.Explanation.Chain;
import dev.slipway.kernel.past.Explanation.End;
import dev.slipway.kernel.past.Explanation.Link;
import dev.slipway.kernel.store.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Follows the causes of a write back to where they began, the nearest first; each revision is looked at once.
final class CauseWalk {
    /// How many revisions are looked at.
    static final int MAX_REVISIONS = 256;

    /// How many links a chain may have.
    static final int MAX_LINKS = 32;

    /// How many chains are told.
    static final int MAX_CHAINS = 5;

    static final String RESYNC = "resync";

    private final LongFunction<Optional<Revision>> log;
    private final Deque<Node> waiting = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();
    private final List<Chain> chains = new ArrayList<>();

    /// @param effect the node that this one led to
    private record Node(Link link, @Nullable Node effect, int depth) {
        Chain chain(End end) {
            var links = new ArrayList<Link>();
            for (var node = this; node != null; node = node.effect) {
                links.addFirst(node.link);
            }
            return new Chain(links, end);
        }
    }

    private CauseWalk(LongFunction<Optional<Revision>> log) {
        this.log = log;
    }

    /// @param log gives the revisions that are kept
    static List<Chain> from(Revision effect, LongFunction<Optional<Revision>> log) {
        var walk = new CauseWalk(log);
        walk.seen.add(effect.number());
        walk.waiting.add(new Node(new Link(effect.number(), Optional.of(effect)), null, 1));
        while (!walk.waiting.isEmpty()) {
            walk.look(walk.waiting.remove());
        }
        return walk.chains.stream()
                .sorted(Comparator.comparing(Chain::end))
                .limit(MAX_CHAINS)
                .toList();
    }

    private void look(Node node) {
        var revision = node.link.revision();
        if (revision.isEmpty()) {
            chains.add(node.chain(End.COMPACTED));
            return;
        }
        var attribution = revision.get().attribution();
        if (attribution.causes().isEmpty()) {
            var resync = attribution.note().equals(RESYNC);
            chains.add(node.chain(resync ? End.RESYNC : End.ORIGIN));
        } else if (node.depth >= MAX_LINKS || seen.size() >= MAX_REVISIONS) {
            chains.add(node.chain(End.TOO_FAR));
        } else {
            attribution.causes().stream()
                    .filter(seen::add)
                    .map(cause -> new Link(cause, log.apply(cause)))
                    .forEach(link -> waiting.add(new Node(link, node, node.depth + 1)));
        }
    }
}
