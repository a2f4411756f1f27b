package dev.slipway.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubprotocolsTest {
    /// `t/o.k?n` without padding.
    private static final String TOKEN = "base64url.bearer.authorization.k8s.io.dC9vLms_bg";

    @Test
    void findsATokenBesideAnotherProtocol() {
        var offered = Subprotocols.parse(TOKEN + ", v1.example");

        assertThat(offered.token()).contains("t/o.k?n");
        assertThat(offered.chosen()).contains("v1.example");
    }

    @Test
    void neverChoosesTheToken() {
        assertThat(Subprotocols.parse(TOKEN).chosen()).isEmpty();
    }

    @Test
    void wantsAnotherProtocolBesideTheToken() {
        assertThat(Subprotocols.parse(TOKEN).token()).isEmpty();
    }

    @Test
    void takesNoneOfTwoTokens() {
        assertThat(Subprotocols.parse(TOKEN + "," + TOKEN + ", v1.example").token()).isEmpty();
    }

    @Test
    void passesOverWhatIsNotEncoded() {
        var broken = "base64url.bearer.authorization.k8s.io.*, v1.example";
        var notText = "base64url.bearer.authorization.k8s.io._w, v1.example";

        assertThat(Subprotocols.parse(broken).token()).isEmpty();
        assertThat(Subprotocols.parse(notText).token()).isEmpty();
    }

    @Test
    void knowsAnUpgrade() {
        assertThat(
                        Subprotocols.isUpgrade(
                                Map.of(
                                        "connection",
                                        "keep-alive, Upgrade",
                                        "upgrade",
                                        "WebSocket")))
                .isTrue();
        assertThat(Subprotocols.isUpgrade(Map.of("connection", "upgrade", "upgrade", "h2c")))
                .isFalse();
        assertThat(Subprotocols.isUpgrade(Map.of("upgrade", "websocket"))).isFalse();
    }
}
