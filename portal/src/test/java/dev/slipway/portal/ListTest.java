package dev.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListTest {
    private static final String LIST = "/k/backstage.io/components";

    private final FakeApi api = FakeApi.load("/world/world.yaml");
    private final Browser browser = new Browser(api);

    @Test
    void showsTheKindsOwnColumns() {
        assertThat(browser.page(LIST)).contains(">Type<", ">Lifecycle<", ">Owner<", ">System<");
    }

    @Test
    void putsTheWorstFirst() {
        assertThat(rows(LIST)).containsExactly("payment-service", "ledger", "storefront-web");
    }

    @ParameterizedTest
    @CsvSource({
        "?q=ledg, ledger",
        "?q=LEDGER%20finance, ledger",
        "?namespace=finance, ledger",
        "?f.Type=website, storefront-web",
        "?state=warning, payment-service",
        "?f.Owner=storefront&f.Type=service, ledger",
    })
    void narrowsByWhatTheAddressSays(String query, String only) {
        assertThat(rows(LIST + query)).containsExactly(only);
    }

    @Test
    void sortsByAColumnBothWays() {
        assertThat(rows(LIST + "?sort=Name"))
                .containsExactly("ledger", "payment-service", "storefront-web");
        assertThat(rows(LIST + "?sort=-Name"))
                .containsExactly("storefront-web", "payment-service", "ledger");
        assertThat(browser.page(LIST + "?sort=-Name")).contains("aria-sort=\"descending\"");
    }

    @Test
    void offersEachValueOfAColumnWithItsCount() {
        assertThat(browser.text(LIST)).contains("Type service 2 website 1");
        assertThat(browser.links(LIST)).contains(LIST + "?f.Type=website");
    }

    @Test
    void dropsAFilterThatIsFollowedAgain() {
        assertThat(browser.links(LIST + "?f.Type=website&q=store")).contains(LIST + "?q=store");
    }

    @Test
    void tellsNothingYetFromNothingLeft() {
        assertThat(browser.text("/k/backstage.io/groups"))
                .contains("No group yet", "apiVersion backstage.io/v1alpha1");
        assertThat(browser.text(LIST + "?q=nobody"))
                .contains("No component matches", "Drop all filters");
    }

    @Test
    void showsFiftyAndThenTheNext() {
        for (int i = 0; i < 120; i++) {
            api.put(
                    FakeApi.object(
                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c%03d, namespace: default}, data: {}}"
                                    .formatted(i)));
        }

        assertThat(rows("/k/core/configmaps")).hasSize(50).startsWith("c000");
        assertThat(rows("/k/core/configmaps?page=3")).hasSize(21).endsWith("settings");
        assertThat(browser.text("/k/core/configmaps?page=2"))
                .contains("51 to 100 of 121", "Previous 50", "Next 50");
        assertThat(rows("/k/core/configmaps?page=99")).hasSize(21);
    }

    @Test
    void goesThroughALongListInTheOrderOfTheApi() {
        for (int i = 0; i < 700; i++) {
            api.put(
                    FakeApi.object(
                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c%03d, namespace: default}, data: {}}"
                                    .formatted(i)));
        }

        assertThat(browser.text("/k/core/configmaps"))
                .contains("1 to 50 of 701", "Counted among the first 500.", "Next 50");
        assertThat(rows("/k/core/configmaps?page=12")).hasSize(50).startsWith("c549");
        assertThat(rows("/k/core/configmaps?page=15")).containsExactly("c699");
        assertThat(rows("/k/core/configmaps?q=c699")).containsExactly("c699");
    }

    private List<String> rows(String address) {
        return Pattern.compile("<th scope=\"row\"><a [^>]*>([^<]*)</a>")
                .matcher(browser.page(address))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
