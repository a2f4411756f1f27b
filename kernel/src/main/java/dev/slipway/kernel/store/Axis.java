package dev.slipway.kernel.store;

import java.util.ArrayList;
import java.util.List;

/// What one index is of: the terms that an object is found by in it.
sealed interface Axis {
    /// All labels.
    record Labels() implements Axis {}

    /// The owners.
    record Owners() implements Axis {}

    /// One field.
    record Field(String path) implements Axis {}

    /// The index that a term is looked up in.
    static Axis of(Term term) {
        return switch (term) {
            case Term.Label _, Term.Labelled _ -> new Labels();
            case Term.OwnedBy _ -> new Owners();
            case Term.Field(var path, _) -> new Field(path);
        };
    }

    default List<Term> terms(StoredObject object) {
        return switch (this) {
            case Labels _ -> labels(object);
            case Owners _ ->
                    object.owners().stream().distinct().<Term>map(Term.OwnedBy::new).toList();
            case Field(var path) -> List.of(new Term.Field(path, object.field(path)));
        };
    }

    private static List<Term> labels(StoredObject object) {
        var terms = new ArrayList<Term>();
        object.labels()
                .forEach((key, value) -> {
                    terms.add(new Term.Label(key, value));
                    terms.add(new Term.Labelled(key));
                });
        return terms;
    }
}
