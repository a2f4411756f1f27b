package dev.slipway.bench.report;

import java.util.Optional;

/// One line of the report.
///
/// @param what is measured, in words
/// @param clients how many asked at once; 0 where nobody does
/// @param budget empty where none was set
/// @param own of the server that the bench started
/// @param peer of the other one, where one was given and can do this
/// @param note what has to be known to read it, or empty
public record Figure(
        String what,
        int clients,
        Unit unit,
        Optional<Budget> budget,
        Measured own,
        Optional<Measured> peer,
        String note) {
    public static Figure of(String what, Unit unit, Measured own) {
        return new Figure(what, 0, unit, Optional.empty(), own, Optional.empty(), "");
    }

    public Figure within(Budget wanted) {
        return new Figure(what, clients, unit, Optional.of(wanted), own, peer, note);
    }

    public Figure noting(String text) {
        return new Figure(what, clients, unit, budget, own, peer, text);
    }

    /// With what the other server took; empty leaves it out.
    public Figure beside(Optional<Measured> other) {
        return new Figure(what, clients, unit, budget, own, other, note);
    }

    /// With the reason why there is nothing of the other server to set beside it.
    public Figure alone(String why) {
        return noting((note.isEmpty() ? "" : note + "; ") + "no peer: " + why);
    }

    public Figure by(int number) {
        return new Figure(what, number, unit, budget, own, peer, note);
    }

    /// All of it in one line, as it is told as soon as it is known.
    public String line() {
        var line = new StringBuilder(what).append(": ").append(shown(own));
        peer.ifPresent(other -> line.append("; the peer ").append(shown(other)));
        budget.ifPresent(bound ->
                line.append(
                        " (%s %s %s: %s)"
                                .formatted(
                                        bound.bound().sign(),
                                        Numbers.shown(bound.limit()),
                                        unit.symbol(),
                                        bound.verdict(own.value()))));
        return line.append(note.isEmpty() ? "" : "; " + note).toString();
    }

    private String shown(Measured measured) {
        var value = Numbers.shown(measured.value()) + " " + unit.symbol();
        return measured.cpuMicros().isEmpty()
                ? value
                : value
                        + ", CPU %s µs/op"
                                .formatted(Numbers.shown(measured.cpuMicros().getAsDouble()));
    }
}
