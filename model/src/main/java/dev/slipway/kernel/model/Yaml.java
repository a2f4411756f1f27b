package dev.slipway.kernel.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.LoadSettingsBuilder;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML as the same plain trees as [Json].
public final class Yaml {
    /// How many aliases to collections one document may use.
    public static final int MAX_ALIASES = 50;

    private static final String BACKSTAGE = "backstage.io/";

    private Yaml() {}

    /// Reads every document of a text, empty ones left out, as kubectl does ([KubernetesSchema]); throws
    /// [MalformedException] with line and column.
    public static List<Object> readAll(byte[] text) {
        return documents(text, settings(false).build());
    }

    /// Reads a file of objects, each as its own tools do: an entity of Backstage is YAML 1.2, in which `yes` is a text.
    public static List<Object> readManifests(byte[] text) {
        var read = readAll(text);
        if (read.stream().noneMatch(Yaml::isOfBackstage)) {
            return read;
        }
        var plain = documents(text, settings(false).setSchema(new CoreSchema()).build());
        return IntStream.range(0, read.size())
                .mapToObj(i -> (isOfBackstage(read.get(i)) ? plain : read).get(i))
                .toList();
    }

    private static boolean isOfBackstage(Object document) {
        return document instanceof Map<?, ?> map
                && map.get("apiVersion") instanceof String version
                && version.startsWith(BACKSTAGE);
    }

    private static List<Object> documents(byte[] text, LoadSettings settings) {
        try {
            var documents = new ArrayList<Object>();
            var source = new String(text, StandardCharsets.UTF_8);
            YamlDepth.check(source, settings);
            for (var document : new Load(settings).loadAllFromString(source)) {
                var tree = YamlTree.of(document, source.length());
                if (tree != null) {
                    documents.add(tree);
                }
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            throw new MalformedException(where(e) + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Reads the one document of a text; null where the text is empty.
    public static @Nullable Object read(byte[] text) {
        return single(readAll(text));
    }

    private static @Nullable Object single(List<Object> documents) {
        if (documents.size() > 1) {
            throw new MalformedException(
                    "%d documents where one was expected".formatted(documents.size()), null);
        }
        return documents.isEmpty() ? null : documents.getFirst();
    }

    /// Reads one document in which keys may be repeated; the last one counts.
    ///
    /// @param repeated is told of each: `line 7: key "k" already set in map`
    public static @Nullable Object read(byte[] text, Consumer<String> repeated) {
        try {
            return read(text);
        } catch (MalformedException e) {
            if (!(e.getCause() instanceof DuplicateKeyException)) {
                throw e;
            }
            var tree = single(documents(text, settings(true).build()));
            RepeatedKeys.in(new String(text, StandardCharsets.UTF_8)).forEach(repeated);
            return tree;
        }
    }

    /// Writes a tree in block style, keys in their order.
    public static String write(@Nullable Object tree) {
        return new Dump(dumpSettings()).dumpToString(tree);
    }

    /// Writes a tree as Kubernetes does: texts that some reader could take for something else are in double quotes.
    public static String writeQuoted(@Nullable Object tree) {
        var settings = dumpSettings();
        return new Dump(settings, new QuotingRepresenter(settings)).dumpToString(tree);
    }

    private static DumpSettings dumpSettings() {
        return DumpSettings.builder()
                .setSchema(new KubernetesSchema())
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setWidth(200)
                .setSplitLines(false)
                .setDereferenceAliases(true)
                .build();
    }

    private static LoadSettingsBuilder settings(boolean repeatedKeys) {
        return LoadSettings.builder()
                .setSchema(new KubernetesSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowDuplicateKeys(repeatedKeys)
                .setCodePointLimit(Json.MAX_STRING_LENGTH);
    }

    private static String where(MarkedYamlEngineException e) {
        return Optional.ofNullable(e.getProblemMark().orElse(null))
                .map(mark ->
                        "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse("");
    }
}
