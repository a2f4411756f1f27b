package dev.slipway.apiserver.read;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.store.Listing;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which resources a list or a watch is about: a kind, perhaps a namespace, and selectors.
///
/// @param namespace empty for all
public record Selection(
        Served served, String namespace, LabelSelector labels, FieldSelector fields) {
    /// Up to how many resources are looked at one by one rather than by an index.
    static final int MAX_LOOKED_AT = 64;

    /// Up to how many values of a requirement are looked up in an index.
    static final int MAX_VALUES = 32;

    private static final Comparator<StoredObject> PLACE =
            Comparator.comparing((StoredObject object) -> object.key().namespace())
                    .thenComparing(object -> object.key().name());

    public static Selection of(Served served, String namespace, Options options) {
        return new Selection(served, namespace, options.labels(), options.fields());
    }

    /// As few as the indexes allow of those among which everything selected is, in the order of lists.
    Collection<StoredObject> candidates(State state) {
        return candidates(state, Optional.empty());
    }

    /// The same without what was already sent.
    Collection<StoredObject> candidates(State state, Optional<ContinueToken> sent) {
        var all = after(placed(state.list(served.kind().key())), sent);
        var name = fields.name();
        if (name.isPresent() && isOnePlace()) {
            return named(state, name.get(), sent);
        }
        if (all.size() <= MAX_LOOKED_AT) {
            return all;
        }
        var fewest = List.of(all);
        for (var terms : requirements()) {
            var found = found(state, terms, sent);
            if (size(found) < size(fewest)) {
                fewest = found;
            }
            if (size(fewest) <= MAX_LOOKED_AT) {
                break;
            }
        }
        return together(fewest);
    }

    Scope scope() {
        var kind = served.kind().key();
        return namespace.isEmpty()
                ? new Scope.OfKind(kind)
                : new Scope.InNamespace(kind, namespace);
    }

    /// Whether there are no conditions.
    boolean isEverything() {
        return labels.isEverything() && fields.isEverything();
    }

    /// Whether a resource is selected; it is not parsed for that.
    boolean holds(StoredObject object) {
        return fields.matches(object) && labels.matches(object);
    }

    private Collection<StoredObject> named(State state, String name, Optional<ContinueToken> sent) {
        return state.get(served.kind().key().resource(namespace, name))
                .filter(object -> sent.isEmpty() || !sent.get().isPast(object.key()))
                .map(List::of)
                .orElse(List.of());
    }

    /// For each requirement that an index can answer the terms of which one is enough.
    private List<List<Term>> requirements() {
        return Stream.concat(
                        labels.requirements().stream().map(LabelSelector.Requirement::terms),
                        fields.requirements().stream().map(FieldSelector.Requirement::terms))
                .filter(terms -> !terms.isEmpty() && terms.size() <= MAX_VALUES)
                .toList();
    }

    private List<Listing> found(State state, List<Term> terms, Optional<ContinueToken> sent) {
        var kind = served.kind().key();
        return terms.stream()
                .map(term -> after(placed(state.list(kind, term)), sent))
                .filter(listing -> !listing.isEmpty())
                .toList();
    }

    private Listing placed(Listing listing) {
        var place = namespace.isEmpty() ? fields.namespace().orElse("") : namespace;
        return place.isEmpty() ? listing : listing.in(place);
    }

    private static Listing after(Listing listing, Optional<ContinueToken> sent) {
        return sent.isEmpty() ? listing : listing.after(sent.get().namespace(), sent.get().name());
    }

    private static long size(List<Listing> listings) {
        return listings.stream().mapToLong(Listing::size).sum();
    }

    /// A resource has one value of a label, so that no two of the listings share one.
    private static Collection<StoredObject> together(List<Listing> listings) {
        if (listings.size() <= 1) {
            return listings.isEmpty() ? List.of() : listings.getFirst();
        }
        var all = new ArrayList<StoredObject>();
        listings.forEach(all::addAll);
        all.sort(PLACE);
        return all;
    }

    /// Whether a resource is selected by its key alone, and so for as long as it exists.
    boolean isByKey() {
        return labels.isEverything() && fields.isByKey();
    }

    private boolean isOnePlace() {
        return !namespace.isEmpty() || !served.kind().namespaced();
    }
}
