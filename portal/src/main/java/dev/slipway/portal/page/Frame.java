package dev.slipway.portal.page;

import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.State;
import java.util.List;
import java.util.Optional;

/// What surrounds every page: place, menu, waterline, and the calls behind it.
///
/// @param title of the document, without the product's name
/// @param revision the newest revision when the page was made, empty where it could not be read
/// @param live the address of the stream that says when this page is no longer true, empty for pages that stay
/// @param csrf the token for forms, empty for a reader without a session
public record Frame(
        String title,
        List<Link> place,
        Menu menu,
        String revision,
        String live,
        Optional<Ruler> ruler,
        List<Call> calls,
        String user,
        String csrf) {
    public Frame {
        place = List.copyOf(place);
        calls = List.copyOf(calls);
    }

    /// A text that leads somewhere; one without an address is where the reader is.
    public record Link(String text, String href) {
        /// Where the reader is.
        public static Link here(String text) {
            return new Link(text, "");
        }
    }

    /// One way to ask for the same from elsewhere.
    public record Call(String tool, String line) {}

    /// The kinds, in sections.
    public record Menu(List<Section> sections, boolean home, boolean index) {
        public Menu {
            sections = List.copyOf(sections);
        }
    }

    /// Kinds that belong together.
    ///
    /// @param empty kinds of which there is nothing yet, folded away
    public record Section(String title, List<Entry> entries, List<Entry> empty) {
        public Section {
            entries = List.copyOf(entries);
            empty = List.copyOf(empty);
        }

        /// Whether the reader is at one of the folded ones.
        public boolean open() {
            return empty.stream().anyMatch(Entry::current);
        }
    }

    /// One kind.
    ///
    /// @param count what stands at its end: how many, or how many are failing
    public record Entry(ApiKind kind, String icon, String count, boolean bad, boolean current) {}

    /// How one thing in a row is: glyph, word, and what to say when the pointer rests on it.
    public record Mark(State state, String word, String title) {
        /// Whether the word may be grey, as nothing is to be done.
        public boolean quiet() {
            return state == State.OK;
        }
    }
}
