package dev.slipway.portal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "ConfigMap, configmaps, Config maps",
        "API, apis, APIs",
        "HTTPRoute, httproutes, HTTP routes",
        "NetworkPolicy, networkpolicies, Network policies",
        "Ingress, ingresses, Ingresses",
        "Endpoints, endpoints, Endpoints",
        "CSIDriver, csidrivers, CSI drivers",
        "Person, people, People",
    })
    void titlesAListByKindAndPlural(String kind, String plural, String title) {
        assertThat(Words.titleOfMany(kind, plural)).isEqualTo(title);
    }

    @Test
    void cutsTheMiddleAsBothEndsTell() {
        assertThat(Words.cutMiddle("parcel-tracking-migrate-x7k2p", 17))
                .hasSize(17)
                .isEqualTo("parcel-…ate-x7k2p");
        assertThat(Words.cutMiddle("short", 17)).isEqualTo("short");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-19T09:05:00Z, 09:05",
        "2026-11-17T09:05:00Z, Tue",
        "2026-11-02T09:05:00Z, 2 Nov",
        "2025-11-02T09:05:00Z, 2 Nov 2025",
    })
    void writesAMomentAsShortAsItsDistanceAllows(Instant moment, String text) {
        var now = Clock.fixed(Instant.parse("2026-11-19T14:30:00Z"), ZoneOffset.UTC);

        assertThat(new Figures(now).moment(moment)).isEqualTo(text);
    }

    @Test
    void groupsTheDigitsOfARevision() {
        assertThat(Figures.revision("184302")).isEqualTo("184,302");
        assertThat(Figures.revision("r-7")).isEqualTo("r-7");
    }
}
