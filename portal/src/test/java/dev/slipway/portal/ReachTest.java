package dev.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The portal of somebody with rights in some namespaces only.
class ReachTest {
    private static final String MAPS = "/k/core/configmaps";

    private final FakeApi api = FakeApi.load("/world/world.yaml");
    private final Browser browser = new Browser(api);

    @BeforeEach
    void refuse() {
        api.forbid("/api/v1/configmaps");
        api.permit("configmaps", List.of("blue", "team"));
        put("blue", "b", 3);
        put("team", "t", 2);
        put("closed", "hidden", 1);
    }

    private void put(String namespace, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            api.put(
                    FakeApi.object(
                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s%03d, namespace: %s}, data: {}}"
                                    .formatted(prefix, i, namespace)));
        }
    }

    @Test
    void listsWhatLiesInTheReadersNamespacesAndSaysSo() {
        assertThat(browser.get(MAPS).status()).isEqualTo(200);
        assertThat(rows(MAPS)).containsExactly("b000", "b001", "b002", "t000", "t001");
        assertThat(browser.text(MAPS))
                .contains(
                        "You may not list configmaps everywhere. Shown is only what lies in 2 namespaces: blue, team.",
                        "kubectl get configmaps -n blue",
                        "kubectl get configmaps -n team")
                .doesNotContain("hidden", "closed", "kubectl get configmaps -A");
    }

    @Test
    void sortsFiltersAndPagesOverAllOfThem() {
        put("team", "t", 60);

        assertThat(rows(MAPS)).hasSize(50).startsWith("b000");
        assertThat(rows(MAPS + "?page=2")).hasSize(13).endsWith("t059");
        assertThat(browser.text(MAPS)).contains("1 to 50 of 63");
        assertThat(rows(MAPS + "?sort=-Name")).startsWith("t059");
        assertThat(rows(MAPS + "?q=b00")).containsExactly("b000", "b001", "b002");
        assertThat(browser.links(MAPS)).contains(MAPS + "?namespace=team");
        assertThat(rows(MAPS + "?namespace=blue")).containsExactly("b000", "b001", "b002");
    }

    @Test
    void knowsHowManyThereAreBeyondThoseThatItReads() {
        put("blue", "b", 600);

        assertThat(browser.text(MAPS)).contains("1 to 50 of 602", "Counted among the first 500.");
        assertThat(rows(MAPS + "?page=13")).containsExactly("t000", "t001");
    }

    @Test
    void saysWhenThereAreMoreNamespacesThanItLooksAt() {
        api.permit("configmaps", IntStream.range(0, 37).mapToObj("n%02d"::formatted).toList());
        put("n19", "last", 1);
        put("n20", "beyond", 1);

        assertThat(rows(MAPS)).containsExactly("last000");
        assertThat(browser.text(MAPS))
                .contains(
                        "the first 20 of 37 namespaces that are open to you: n00, n01",
                        "For another one add ?namespace=NAME to the address.");
        assertThat(rows(MAPS + "?namespace=n20")).containsExactly("beyond000");
        assertThat(browser.text("/"))
                .contains("only what lies in the first 20 of the namespaces that are open to you");
    }

    @Test
    void countsThemAtHomeInTheMenuAndAmongAllKinds() {
        assertThat(browser.links("/")).contains(MAPS);
        assertThat(browser.text("/"))
                .contains("only what lies in 2 namespaces: blue, team is counted")
                .doesNotContain("hidden");
        assertThat(browser.text("/k")).contains("configmaps in a namespace 5");
        assertThat(browser.text("/menu?place=/")).contains("Config maps 5");
    }

    @Test
    void isRefusedWhereThereIsNoNamespaceAtAll() {
        api.permit("configmaps", List.of());

        assertThat(browser.get(MAPS).status()).isEqualTo(403);
        assertThat(browser.links("/")).doesNotContain(MAPS);
    }

    @Test
    void isRefusedANamespaceThatIsNotTheReaders() {
        api.forbid("/api/v1/namespaces/closed/configmaps");

        assertThat(browser.get(MAPS + "?namespace=closed").status()).isEqualTo(403);
    }

    private List<String> rows(String address) {
        return Pattern.compile("<th scope=\"row\"><a [^>]*>([^<]*)</a>")
                .matcher(browser.page(address))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
