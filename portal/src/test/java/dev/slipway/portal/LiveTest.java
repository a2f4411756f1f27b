package dev.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LiveTest {
    private static final String LIST = "about=components.backstage.io";
    private static final String NEWCOMER =
            "{apiVersion: backstage.io/v1alpha1, kind: Component, metadata: {name: newcomer,"
                    + " namespace: default}, spec: {type: service}}";
    private static final String SETTINGS =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: default},"
                    + " data: {a: b}}";

    private final FakeApi api = FakeApi.load("/world/world.yaml");
    private final Browser browser = new Browser(api);

    @AfterEach
    void stop() {
        browser.close();
    }

    @Test
    void tellsAPageThatItsKindHasChanged() throws Exception {
        var page = open("at=184302&" + LIST, Map.of());

        api.put(FakeApi.object(NEWCOMER));

        page.awaits(text -> text.contains("id: 184303\nevent: page\n"));
    }

    @Test
    void tellsAPageAboutOneThingOnlyAboutThatThing() throws Exception {
        var page = open("at=184302&about=components.backstage.io/default/ledger", Map.of());

        api.put(FakeApi.object(NEWCOMER));
        page.awaits(text -> text.contains("event: menu"));
        api.put(FakeApi.object(NEWCOMER.replace("newcomer", "ledger")));

        page.awaits(text -> text.contains("id: 184304\nevent: page\n"));
        assertThat(page.text()).doesNotContain("id: 184303\nevent: page\n");
    }

    @Test
    void tellsOtherPagesThatTheMenuHasChanged() throws Exception {
        var page = open("at=184302&" + LIST, Map.of());

        api.put(FakeApi.object(SETTINGS));

        page.awaits(text -> text.contains("event: menu"));
        assertThat(page.text()).doesNotContain("event: page");
    }

    @Test
    void tellsWhatHappenedBetweenThePageAndItsStream() throws Exception {
        var first = open("at=184302&" + LIST, Map.of());
        api.put(FakeApi.object(NEWCOMER));
        first.awaits(text -> text.contains("event: page"));

        var late = open("at=184302&" + LIST, Map.of());
        var upToDate = open("at=184303&" + LIST, Map.of());

        late.awaits(text -> text.contains("id: 184303\nevent: page"));
        assertThat(upToDate.text()).doesNotContain("event: page");
    }

    @Test
    void goesOnWhereTheLastEventWas() throws Exception {
        api.put(FakeApi.object(NEWCOMER));

        var old = open("at=184000&" + LIST, Map.of());
        var current = open("at=184000&" + LIST, Map.of("last-event-id", "184303"));

        old.awaits(text -> text.contains("event: page"));
        assertThat(current.text()).doesNotContain("event: page");
    }

    @Test
    void opensEndedWatchesAgain() throws Exception {
        var page = open("at=184302&" + LIST, Map.of());
        int watching = api.watching();

        api.endWatches();
        until(() -> api.watching() == 0);
        until(() -> api.watching() == watching);
        api.put(FakeApi.object(NEWCOMER));

        page.awaits(text -> text.contains("event: page"));
    }

    @Test
    void followsAKindThatCameAfterThePage() throws Exception {
        var page = open("at=184302&about=zorblaxes.odd.example.org", Map.of());

        api.addKind("{group: odd.example.org, version: v1, kind: Zorblax, plural: zorblaxes}");
        api.put(FakeApi.object(SETTINGS));
        page.awaits(text -> text.contains("event: menu"));
        until(() -> api.watching() == 15);
        api.put(
                FakeApi.object(
                        "{apiVersion: odd.example.org/v1, kind: Zorblax, metadata: {name: first,"
                                + " namespace: default}}"));

        page.awaits(text -> text.contains("event: page"));
    }

    @Test
    void watchesOnceForAllPagesOfAUser() throws Exception {
        open("at=184302&" + LIST, Map.of());
        int one = api.watching();

        open("at=184302&about=*", Map.of());

        assertThat(api.watching()).isEqualTo(one).isEqualTo(14);
    }

    @Test
    void endsWithTheServer() throws Exception {
        var page = open("at=184302&" + LIST, Map.of());

        browser.close();

        assertThat(page.thread.join(Duration.ofSeconds(5))).isTrue();
        until(() -> api.watching() == 0);
    }

    private Stream open(String query, Map<String, String> headers) throws Exception {
        var response = browser.ask("GET", "/live?" + query, headers);
        assertThat(response.headers())
                .containsEntry("Content-Type", "text/event-stream; charset=utf-8");
        var stream = new Stream((WebResponse.Streaming) response);
        stream.awaits(text -> text.contains("event: live"));
        until(() -> api.watching() >= 14);
        return stream;
    }

    private interface Check {
        boolean holds();
    }

    private static void until(Check check) throws InterruptedException {
        while (!check.holds()) {
            Thread.sleep(10);
        }
    }

    /// What a browser has heard.
    private static final class Stream {
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final Thread thread;

        Stream(WebResponse.Streaming response) {
            thread = Thread.ofVirtual().start(() -> listen(response));
        }

        String text() {
            return heard.toString(StandardCharsets.UTF_8);
        }

        void awaits(Predicate<String> words) throws InterruptedException {
            until(() -> words.test(text()));
        }

        private void listen(WebResponse.Streaming response) {
            try {
                response.body().write(heard);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
