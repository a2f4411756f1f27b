package dev.slipway.client.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One authenticated request.
///
/// @param path decoded per segment, without query: `/api/v1/namespaces`
/// @param query decoded parameters in their order
/// @param headers by lower-case name; repeated ones joined by `, `
/// @param body the whole body, bounded by the server; empty when there is none
public record WebRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        Identity identity) {
    /// The first value of a query parameter.
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// What a query parameter says that is a flag: anything but `false` and `0` in any case is a yes, as Kubernetes reads it.
    public Optional<Boolean> flag(String name) {
        return parameter(name).map(said -> !said.equalsIgnoreCase("false") && !said.equals("0"));
    }

    /// A header by its name in lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
