package dev.slipway.kernel.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    @Test
    void tellsValuesThatCameWentAndChanged() {
        assertThat(
                        between(
                                "{'a':1,'b':{'c':[1,{'d':2}]},'gone':true}",
                                "{'a':1,'b':{'c':[1,{'d':3}]},'new':null,'x':[]}"))
                .containsExactly("b.c[1].d: 2 -> 3", "gone: true -> ", "x:  -> []");
    }

    @Test
    void comparesItemsByTheirNames() {
        assertThat(
                        between(
                                "{'c':[{'name':'a','v':1},{'name':'b','v':2}]}",
                                "{'c':[{'name':'n','v':0},{'name':'b','v':3}]}"))
                .containsExactly(
                        "c[0]:  -> {\"name\":\"n\",\"v\":0}",
                        "c[1].v: 2 -> 3",
                        "c[0]: {\"name\":\"a\",\"v\":1} -> ");
    }

    @Test
    void comparesItemsWithoutNamesByPosition() {
        assertThat(between("{'c':['a','b']}", "{'c':['a','c','d']}"))
                .containsExactly("c[1]: \"b\" -> \"c\"", "c[2]:  -> \"d\"");
        assertThat(between("{'c':['a']}", "{'c':{}}")).containsExactly("c: [\"a\"] -> {}");
    }

    @Test
    void tellsThatAHiddenValueChangedAndNotWhatItIs() {
        var secrets =
                BuiltInKinds.load().stream()
                        .filter(kind -> kind.names().kind().equals("Secret"))
                        .findFirst()
                        .orElseThrow();

        var found =
                Differences.between(
                        Json.readObject("{\"data\":{\"a\":\"b25l\",\"b\":\"c2FtZQ==\"}}"),
                        Json.readObject(
                                "{\"data\":{\"a\":\"dHdv\",\"b\":\"c2FtZQ==\",\"c\":\"bmV3\"}}"),
                        Redaction.of(secrets),
                        50);

        assertThat(texts(found))
                .containsExactly(
                        "data.a: \"(hidden)\" -> \"(hidden)\"", "data.c:  -> \"(hidden)\"");
    }

    @Test
    void saysWhenThereAreMoreThanItTells() {
        var many =
                IntStream.range(0, 60)
                        .mapToObj(i -> "'k" + i + "':1")
                        .collect(Collectors.joining(",", "{", "}"));

        var found = differences("{}", many, 50);

        assertThat(found.all()).hasSize(50);
        assertThat(found.more()).isTrue();
        assertThat(differences("{}", many, 60).more()).isFalse();
    }

    private static List<String> between(String before, String after) {
        return texts(differences(before, after, 50));
    }

    private static Differences differences(String before, String after, int limit) {
        var maps =
                BuiltInKinds.load().stream()
                        .filter(kind -> kind.names().kind().equals("ConfigMap"))
                        .findFirst()
                        .orElseThrow();
        return Differences.between(
                Json.readObject(before.replace('\'', '"')),
                Json.readObject(after.replace('\'', '"')),
                Redaction.of(maps),
                limit);
    }

    private static List<String> texts(Differences differences) {
        return differences.all().stream()
                .map(one ->
                        "%s: %s -> %s"
                                .formatted(
                                        one.path(),
                                        one.before().map(Json::text).orElse(""),
                                        one.after().map(Json::text).orElse("")))
                .toList();
    }
}
