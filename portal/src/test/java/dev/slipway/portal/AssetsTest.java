package dev.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.web.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AssetsTest {
    private final Browser browser = new Browser(FakeApi.load("/world/world.yaml"));

    @Test
    void keepsForeverWhatHasItsContentInItsAddress() {
        var address = hashed("slipway");

        assertThat(browser.get(address).headers())
                .extractingByKey("Cache-Control")
                .asString()
                .contains("immutable");
        assertThat(browser.get(address).body()).isNotEmpty();
    }

    @Test
    void asksAgainForAnAddressThatMayChange() {
        var first = browser.get("/assets/slipway.css");
        var tag = String.valueOf(first.headers().get("ETag"));

        var again = browser.ask("GET", "/assets/slipway.css", Map.of("if-none-match", tag));

        assertThat(first.headers()).containsEntry("Cache-Control", "no-cache");
        assertThat(again.status()).isEqualTo(304);
        assertThat(((WebResponse.Whole) again).body()).isEmpty();
    }

    @Test
    void hasAllIconsThatPagesUse() {
        var icons = new String(browser.get("/assets/icons.svg").body(), StandardCharsets.UTF_8);
        for (var page :
                new String[] {
                    "/",
                    "/k",
                    "/k/backstage.io/components",
                    "/k/briefstack.com/simpleapps/default/demo"
                }) {
            Pattern.compile("icons\\.[0-9a-f]+\\.svg#([a-z]+)")
                    .matcher(browser.page(page))
                    .results()
                    .forEach(use -> assertThat(icons).contains("id=\"" + use.group(1) + "\""));
        }
    }

    private String hashed(String name) {
        var match =
                Pattern.compile("\"(/assets/" + name + "\\.[0-9a-f]+\\.css)\"")
                        .matcher(browser.page("/"));
        assertThat(match.find()).isTrue();
        return match.group(1);
    }
}
