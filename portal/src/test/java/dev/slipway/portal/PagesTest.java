package dev.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final String COMPONENT = "/k/backstage.io/components/default/payment-service";
    private static final String INSTANCE = "/k/briefstack.com/simpleapps/default/demo";

    private final FakeApi api = FakeApi.load("/world/world.yaml");
    private final Browser browser = new Browser(api);

    @ParameterizedTest
    @CsvSource({
        "home.html, /",
        "index.html, /k",
        "list.html, /k/backstage.io/components",
        "thing.html, /k/backstage.io/components/default/payment-service",
        "instance.html, /k/briefstack.com/simpleapps/default/demo",
        "yaml.html, /k/briefstack.com/simpleapps/default/demo/yaml",
        "history.html, /k/backstage.io/components/default/payment-service/history",
        "missing.html, /k/backstage.io/components/default/nobody",
    })
    void looksAsItDidWhenSomebodyLookedAtIt(String golden, String address) throws IOException {
        var withoutDigests = browser.page(address).replaceAll("\\.[0-9a-f]{12}\\.", ".");

        Golden.check(golden, withoutDigests);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/k",
                "/k/backstage.io/components",
                COMPONENT,
                INSTANCE,
                INSTANCE + "/yaml"
            })
    void hasOneHeadingOneMainAndNothingInline(String address) {
        var page = browser.page(address);

        assertThat(page.split("<h1", -1)).hasSize(2);
        assertThat(page.split("<main", -1)).hasSize(2);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain(" style=")
                .doesNotContain("<script>");
    }

    @Test
    void showsWhatEachRevisionOfADefinitionChanged() {
        var page =
                new Browser(FakeApi.load("/world/revisions.yaml"))
                        .text("/k/kro.run/resourcegraphdefinitions/-/webs");

        assertThat(page)
                .contains("Revisions 2 kept")
                .containsSubsequence(
                        "r2 active",
                        "resources[0].template.spec.replicas : 1 2",
                        "schema.spec.size : &lt;integer&gt;",
                        "joe",
                        "r1",
                        "jane",
                        " 1 pinned")
                .doesNotContain("r1 active");
    }

    @Test
    void saysPlainlyWhatDoesNotExist() {
        assertThat(browser.text(COMPONENT))
                .contains("Owner payments-team does not exist")
                .contains("component:user-service does not exist")
                .contains("resource:payments-db does not exist")
                .contains("ReferencesResolved is False");
    }

    @Test
    void linksReferencesThatExist() {
        assertThat(browser.links(COMPONENT))
                .contains(
                        "/k/backstage.io/apis/default/payments-api",
                        "/k/backstage.io/components/default/storefront-web");
    }

    @Test
    void drawsTheNodesOfAnInstanceAndSaysTheSameInATable() {
        var page = browser.page(INSTANCE);
        var drawing =
                page.substring(
                        page.indexOf("<svg class=\"graph\""), page.indexOf("id=\"conditions\""));

        assertThat(drawing)
                .contains(">deployment<", ">config<", ">service<", "needs deployment, config");
        assertThat(page)
                .contains("id=\"node-deployment\"", "id=\"node-config\"", "id=\"node-service\"");
        assertThat(browser.links(INSTANCE)).contains("/k/apps/deployments/default/demo");
    }

    @Test
    void showsWhoWroteWhatAndWhy() {
        assertThat(browser.text(COMPONENT + "/history"))
                .contains(
                        "Revision 184,290",
                        "slipway-catalog",
                        "184289",
                        "spec.lifecycle, spec.owner");
    }

    @Test
    void showsTheYamlAsItIsStored() {
        assertThat(browser.page(INSTANCE + "/yaml"))
                .contains("kind: SimpleApp\n", "  image: nginx:1.27\n", "  port: 8080\n");
    }

    @Test
    void keepsWhatSchemasCallSecret() {
        assertThat(browser.text("/k/core/secrets/default/token"))
                .contains("password ••••")
                .doesNotContain("aHVudGVyMg==");
    }

    @Test
    void escapesWhatOthersWrote() {
        assertThat(browser.page("/k/core/configmaps/default/settings"))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void followsNoLinkThatIsNotAnAddress() {
        assertThat(browser.page(COMPONENT)).doesNotContain("javascript:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"components", "component", "Component"})
    void findsAKindByPluralSingularAndKind(String word) {
        assertThat(browser.get("/k/backstage.io/" + word).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, There is no such page",
        "/k/backstage.io/nokind, There is no such page",
        "/k/backstage.io/components/default/nobody, not found",
        "/k/backstage.io/components/default/payment-service/notab, There is no such page",
    })
    void saysWhatIsNotThere(String address, String words) {
        assertThat(browser.get(address).status()).isEqualTo(404);
        assertThat(browser.text(address)).contains(words);
    }

    @Test
    void leadsFromWhatIsNotThereToItsList() {
        assertThat(browser.links("/k/backstage.io/components/default/nobody"))
                .contains("/k/backstage.io/components");
        assertThat(browser.text("/k/backstage.io/components/default/nobody"))
                .contains("The list it would be in");
    }

    @Test
    void saysWhatTheReaderMayNotSee() {
        api.forbid("/api/v1/secrets");

        var response = browser.get("/k/core/secrets");

        assertThat(response.status()).isEqualTo(403);
        assertThat(browser.text("/k/core/secrets")).contains("You may not see", "is forbidden");
        assertThat(browser.links("/")).doesNotContain("/k/core/secrets");
    }

    @Test
    void sendsAStrictPolicyWithEveryPage() {
        assertThat(browser.get("/").headers())
                .containsEntry("X-Content-Type-Options", "nosniff")
                .extractingByKey("Content-Security-Policy")
                .asString()
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void servesAKindThatNobodyKnewBefore() {
        api.addKind(
                "{group: odd.example.org, version: v1, kind: Zorblax, plural: zorblaxes, columns: [{name: Name, type: string, path: metadata.name}, {name: Tier, type: string, path: spec.tier}]}");
        api.put(
                FakeApi.object(
                        "{apiVersion: odd.example.org/v1, kind: Zorblax, metadata: {name: first, namespace: default}, spec: {tier: gold}}"));

        assertThat(browser.links("/")).contains("/k/odd.example.org/zorblaxes");
        assertThat(browser.text("/k/odd.example.org/zorblaxes"))
                .contains("Zorblaxes", "Tier", "first", "gold");
        assertThat(browser.text("/k/odd.example.org/zorblaxes/default/first"))
                .contains("Tier gold");
    }

    @Test
    void isThereWhenThereIsNothingAtAll() {
        var nothing = new Browser(FakeApi.empty());

        assertThat(nothing.text("/")).contains("Nothing is here yet");
    }
}
