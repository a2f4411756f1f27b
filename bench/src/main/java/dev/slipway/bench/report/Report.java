package dev.slipway.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Everything that a run found out.
///
/// @param quick whether sizes were smaller than those that the budgets speak of
/// @param peer the name of the other server, where one was given
/// @param absent what has a budget and cannot be measured yet, because it does not exist
/// @param clientMicros what the load client itself spends on one request, in microseconds
public record Report(
        Machine machine,
        boolean quick,
        Optional<String> peer,
        List<Outcome> outcomes,
        List<String> absent,
        OptionalDouble clientMicros) {
    public Report {
        outcomes = List.copyOf(outcomes);
        absent = List.copyOf(absent);
    }
}
