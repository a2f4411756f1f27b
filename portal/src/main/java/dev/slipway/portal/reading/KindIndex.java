package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.portal.reading.ApiKind.ObjectTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All kinds that the API serves and that can be listed, one entry each, in the order of discovery.
public record KindIndex(List<ApiKind> kinds) {
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    public KindIndex {
        kinds = List.copyOf(kinds);
    }

    /// Asks the API.
    public static KindIndex read(ApiClient client) {
        Map<String, ApiKind> found = new LinkedHashMap<>();
        for (var root : List.of("/api", "/apis")) {
            var document = new ObjectTree(client.json(Call.get(root).header("Accept", AGGREGATED)));
            for (var group : document.objects("items")) {
                kindsOf(group)
                        .filter(kind -> kind.can("list"))
                        .forEach(kind -> found.putIfAbsent(kind.groupResource(), kind));
            }
        }
        return new KindIndex(List.copyOf(found.values()));
    }

    /// A kind as an address of the portal names it: by plural, singular or kind, in any case.
    public Optional<ApiKind> named(String group, String word) {
        var exact = group.equals(ApiKind.CORE) ? "" : group;
        return kinds.stream()
                .filter(kind -> kind.group().equals(exact))
                .filter(kind -> goesBy(kind, word))
                .findFirst();
    }

    /// The kind that an object says it is of.
    public Optional<ApiKind> of(String group, String kind) {
        return kinds.stream()
                .filter(one -> one.group().equals(group) && one.kind().equals(kind))
                .findFirst();
    }

    private static boolean goesBy(ApiKind kind, String word) {
        return Stream.of(kind.plural(), kind.singular(), kind.kind())
                .anyMatch(word::equalsIgnoreCase);
    }

    private static Stream<ApiKind> kindsOf(ObjectTree group) {
        var name = group.object("metadata").text("name");
        return group.objects("versions").stream()
                .flatMap(version ->
                        version.objects("resources").stream()
                                .map(resource ->
                                        ApiKind.of(name, version.text("version"), resource)));
    }
}
