package dev.slipway.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.testkit.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final TestClock clock = new TestClock();
    private final Sessions sessions = sessions(1);

    private Sessions sessions(int key) {
        var bytes = new byte[32];
        bytes[0] = (byte) key;
        return new Sessions(bytes, clock, new SecureRandom());
    }

    private static String cookie(String header) {
        return header.split(";", 2)[0];
    }

    private static Authentication authenticate(Sessions sessions, String cookie) {
        return sessions.authenticate(
                new WebRequest(
                        "GET",
                        "/",
                        Map.of(),
                        Map.of("cookie", "other=1; " + cookie),
                        new byte[0],
                        Identities.ANONYMOUS));
    }

    private static Identity known(Sessions sessions, String cookie) {
        return ((Authentication.Known) authenticate(sessions, cookie)).identity();
    }

    @Test
    void knowsWhoSignedIn() {
        var cookie = cookie(sessions.begin(Identities.ADMIN, false));

        var identity = known(sessions, cookie);

        assertThat(identity.user()).isEqualTo("admin");
        assertThat(identity.groups()).isEqualTo(Identities.ADMIN.groups());
        assertThat(identity.session()).isNotEmpty();
    }

    @Test
    void outlivesARestart() {
        var cookie = cookie(sessions.begin(Identities.ADMIN, false));

        assertThat(known(sessions(1), cookie).user()).isEqualTo("admin");
    }

    @Test
    void isNobodyUnderAnotherKey() {
        var cookie = cookie(sessions.begin(Identities.ADMIN, false));
        var other = sessions(2);
        var renamed =
                cookie(other.begin(Identities.ADMIN, false)).split("=", 2)[0]
                        + "="
                        + cookie.split("=", 2)[1];

        assertThat(authenticate(other, renamed)).isInstanceOf(Authentication.Nobody.class);
    }

    @Test
    void isNobodyWhenItsTimeIsUp() {
        var cookie = cookie(sessions.begin(Identities.ADMIN, false));

        clock.pass(Sessions.LIFETIME.minus(Duration.ofSeconds(1)));
        assertThat(authenticate(sessions, cookie)).isInstanceOf(Authentication.Known.class);
        clock.pass(Duration.ofSeconds(1));
        assertThat(authenticate(sessions, cookie)).isInstanceOf(Authentication.Nobody.class);
    }

    @Test
    void isNobodyOnceSignedOut() {
        var cookie = cookie(sessions.begin(Identities.ADMIN, false));

        var header = sessions.end(known(sessions, cookie), false);

        assertThat(header).contains("Max-Age=0");
        assertThat(authenticate(sessions, cookie)).isInstanceOf(Authentication.Nobody.class);
    }

    @Test
    void hidesTheCookieFromScriptsAndOtherSites() {
        assertThat(sessions.begin(Identities.ADMIN, true))
                .contains("; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/");
        assertThat(sessions.begin(Identities.ADMIN, false)).doesNotContain("Secure");
    }

    @Test
    void keepsServersOnOneHostApart() {
        assertThat(sessions.begin(Identities.ADMIN, false).split("=", 2)[0])
                .isNotEqualTo(sessions(2).begin(Identities.ADMIN, false).split("=", 2)[0]);
    }

    @Test
    void givesEachSessionItsFormToken() {
        var one = known(sessions, cookie(sessions.begin(Identities.ADMIN, false)));
        var other = known(sessions, cookie(sessions.begin(Identities.ADMIN, false)));

        assertThat(sessions.isCsrf(one, sessions.csrf(one))).isTrue();
        assertThat(sessions.isCsrf(one, sessions.csrf(other))).isFalse();
        assertThat(sessions.isCsrf(one, "")).isFalse();
    }
}
