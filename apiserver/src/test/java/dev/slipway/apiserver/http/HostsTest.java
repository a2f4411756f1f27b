package dev.slipway.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.access.Identities;
import dev.slipway.client.web.WebRequest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
    private final Hosts hosts =
            new Hosts(Set.of("Slipway.example", "behind.example:443", "10.0.0.1", "fd00::1"));

    private static Arrival at(int port, boolean secure) {
        var request =
                new WebRequest("GET", "/", Map.of(), Map.of(), new byte[0], Identities.ANONYMOUS);
        return new Arrival(request, secure, port);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:7070, true",
        "LOCALHOST:7070, true",
        "127.0.0.1:7070, true",
        "[::1]:7070, true",
        "slipway.example:7070, true",
        "10.0.0.1:7070, true",
        "[fd00::1]:7070, true",
        "behind.example:443, true",
        "behind.example, false",
        "behind.example:7070, false",
        "localhost, false",
        "localhost:7071, false",
        "localhost:70700, false",
        "xlocalhost:7070, false",
        "evil.example:7070, false",
        "'', false",
        "':7070', false"
    })
    void knowsItsNamesWithThePort(String header, boolean known) {
        assertThat(hosts.know(header, at(7070, false))).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "localhost:443, true",
        "behind.example, true",
        "evil.example, false"
    })
    void needsNoPortWhereTheSchemeSaysIt(String header, boolean known) {
        assertThat(hosts.know(header, at(443, true))).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:7070, true",
        "https://localhost:7070, true",
        "http://localhost:7071, false",
        "http://localhost, false",
        "null, false",
        "'', false",
        "file:///localhost:7070, false",
        "http://localhost:7070.evil.example, false"
    })
    void comparesOriginsWithTheirPort(String origin, boolean own) {
        assertThat(hosts.isOrigin(origin, "localhost:7070")).isEqualTo(own);
    }
}
