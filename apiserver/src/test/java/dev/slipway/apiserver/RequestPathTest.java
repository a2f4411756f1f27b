package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
    private static RequestPath parse(String group, String path) {
        return RequestPath.parse(group, RequestPath.segments(path)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "v1/configmaps,                              '', configmaps, '', ''",
        "v1/namespaces,                              '', namespaces, '', ''",
        "v1/namespaces/web,                          '', namespaces, web, ''",
        "v1/namespaces/web/status,                   '', namespaces, web, status",
        "v1/namespaces/web/relations,                '', namespaces, web, relations",
        "v1/namespaces/web/configmaps,               web, configmaps, '', ''",
        "v1/namespaces/web/configmaps/one,           web, configmaps, one, ''",
        "v1/namespaces/web/pods/one/status,          web, pods, one, status",
        "v1/watch/namespaces/web/pods,               web, pods, '', ''"
    })
    void tellsItsParts(
            String path, String namespace, String plural, String name, String subresource) {
        var parsed = parse("", path);

        assertThat(parsed.namespace()).isEqualTo(namespace);
        assertThat(parsed.plural()).isEqualTo(plural);
        assertThat(parsed.name()).isEqualTo(name);
        assertThat(parsed.subresource()).isEqualTo(subresource);
    }

    @Test
    void isNoResourceWhereNothingFollowsTheVersion() {
        assertThat(RequestPath.parse("", RequestPath.segments("v1"))).isEmpty();
        assertThat(RequestPath.parse("", RequestPath.segments("v1/pods/a/b/c"))).isEmpty();
    }

    @Test
    void makesVerbsOfMethods() {
        var list = parse("apps", "v1/namespaces/web/deployments");
        var one = parse("apps", "v1/namespaces/web/deployments/a");

        assertThat(list.verb("GET", false)).isEqualTo("list");
        assertThat(list.verb("GET", true)).isEqualTo("watch");
        assertThat(list.verb("DELETE", false)).isEqualTo("deletecollection");
        assertThat(one.verb("GET", false)).isEqualTo("get");
        assertThat(one.verb("DELETE", false)).isEqualTo("delete");
        assertThat(parse("", "v1/watch/pods").verb("GET", false)).isEqualTo("watch");
    }
}
