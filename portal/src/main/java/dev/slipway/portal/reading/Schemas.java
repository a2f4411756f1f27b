package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Schemas of kinds, from the API's OpenAPI documents; documents are kept by their content's address. For all threads.
public final class Schemas {
    /// How many documents are kept.
    static final int MAX_DOCUMENTS = 32;

    private final LinkedHashMap<String, Map<String, Object>> documents =
            new LinkedHashMap<>(16, 0.75f, true);

    /// The schema of a kind; one that says nothing where the API has none.
    public Schema of(ApiClient client, ApiKind kind) {
        try {
            var paths = Json.object(client.json(Call.get("/openapi/v3")), "paths");
            var key = (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
            var address = Json.string(Json.object(paths, key), "serverRelativeURL");
            return address.isEmpty() ? Schema.NONE : find(document(client, address), kind);
        } catch (ProblemException e) {
            return Schema.NONE;
        }
    }

    private Map<String, Object> document(ApiClient client, String address) {
        return kept(address).orElseGet(() -> keep(address, client.json(Call.get(address))));
    }

    private synchronized Optional<Map<String, Object>> kept(String address) {
        return Optional.ofNullable(documents.get(address));
    }

    private synchronized Map<String, Object> keep(String address, Map<String, Object> document) {
        documents.put(address, document);
        if (documents.size() > MAX_DOCUMENTS) {
            documents.pollFirstEntry();
        }
        return document;
    }

    private static Schema find(Map<String, Object> document, ApiKind kind) {
        var schemas = Json.object(Json.object(document, "components"), "schemas");
        for (var candidate : Trees.objects(schemas.values().stream().toList())) {
            boolean fits =
                    Trees.objects(Json.list(candidate, "x-kubernetes-group-version-kind")).stream()
                            .anyMatch(gvk ->
                                    Json.string(gvk, "group").equals(kind.group())
                                            && Json.string(gvk, "version").equals(kind.version())
                                            && Json.string(gvk, "kind").equals(kind.kind()));
            if (fits) {
                return new Schema(candidate, schemas);
            }
        }
        return Schema.NONE;
    }
}
