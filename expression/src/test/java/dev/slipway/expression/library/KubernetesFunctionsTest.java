package dev.slipway.expression.library;

import static dev.slipway.expression.library.LibraryTesting.assertFails;
import static dev.slipway.expression.library.LibraryTesting.assertGives;
import static dev.slipway.expression.library.LibraryTesting.assertRejected;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesFunctionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0",
                "+1",
                ".5",
                "1.",
                "1k",
                "1Ki",
                "1.5Gi",
                "1e-3",
                "0.0000000001",
                "8Ei"
            })
    void readsQuantities(String text) {
        assertGives("isQuantity('" + text + "')", true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1K", "1ki", " 1", "1 k", "1,5", "1_000", "0x10", "1e", "1MiB", "NaN", "--1"
            })
    void refusesWhatIsNoQuantity(String text) {
        assertGives("isQuantity('" + text + "')", false);
        assertFails("quantity('" + text + "').asInteger()", "not a quantity");
    }

    @Test
    void comparesAndAddsQuantities() {
        assertGives("quantity('1') == quantity('1000m')", true);
        assertGives("quantity('1') in [quantity('1000m')]", true);
        assertGives("quantity('50Mi').compareTo(quantity('50M'))", 1L);
        assertGives("quantity('1Gi').add(quantity('1Mi')) == quantity('1025Mi')", true);
        assertGives("quantity('1').sub(1).isInteger()", true);
        assertGives("quantity('1Gi').isGreaterThan(quantity('1G'))", true);
        assertGives("sign(quantity('-2'))", -1L);
        assertGives("quantity('1k').asInteger()", 1000L);
        assertGives("quantity('100m').asApproximateFloat()", 0.1);
        assertFails("quantity('1.5').asInteger()", "cannot convert");
        assertRejected("quantity('1').sign()", "sign");
        assertFails("quantity('1')", "Quantity");
    }

    @Test
    void takesUrlsApart() {
        assertGives("url('https://user@[::1]:443/a%20b?x=1&x=2&y#z').getHost()", "[::1]:443");
        assertGives("url('https://[::1]:443/x').getHostname()", "::1");
        assertGives("url('https://example.com:80/path').getPort()", "80");
        assertGives("url('http://example.com/a b').getEscapedPath()", "/a%20b");
        assertGives(
                "url('http://h/?x=1&x=a+b&y&z=%zz').getQuery()",
                Map.of("x", List.of("1", "a b"), "y", List.of("")));
        assertGives("url('mailto:a@b.c').getScheme()", "mailto");
        assertGives(
                "['example.com', '', '://x', 'http://a b', 'http://h:x/', 'http://h/%zz'].exists(t, isURL(t))",
                false);
        assertFails("url('example.com').getHost()", "not a URL");
    }

    @Test
    void understandsAddresses() {
        assertGives("string(ip('2001:DB8:0:0::ABCD'))", "2001:db8::abcd");
        assertGives("string(ip('64:ff9b::1.2.3.4'))", "64:ff9b::102:304");
        assertGives("ip.isCanonical('2001:DB8::1')", false);
        assertGives("[ip('1.2.3.4').family(), ip('::').family()]", List.of(4L, 6L));
        assertGives(
                "ip('169.254.1.1').isLinkLocalUnicast() && ip('ff02::1').isLinkLocalMulticast()",
                true);
        assertGives(
                "ip('10.0.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
                true);
        assertGives(
                "['1.2.3', '01.2.3.4', '1::2::3', '::g', '1.2.3.4.5', '', '1:2:3:4:5:6:7:8:9'].exists(t, isIP(t))",
                false);
        assertFails("ip('::ffff:1.2.3.4').family()", "IPv4-mapped");
        assertFails("ip('fe80::1%eth0').family()", "zone");
    }

    @Test
    void understandsNetworks() {
        assertGives("cidr('192.168.0.5/24').containsIP('192.168.0.1')", true);
        assertGives("cidr('192.168.0.0/24').containsIP(ip('::1'))", false);
        assertGives("cidr('0.0.0.0/0').containsCIDR('10.0.0.0/8')", true);
        assertGives("string(cidr('10.1.2.3/8').masked())", "10.0.0.0/8");
        assertGives("cidr('::1/128').prefixLength()", 128L);
        assertGives(
                "['1.2.3.4', '1.2.3.4/33', '1.2.3.4/-1', '1.2.3.4/024', '/24'].exists(t, isCIDR(t))",
                false);
    }

    @Test
    void ordersVersions() {
        assertGives("semver('1.10.0').compareTo(semver('1.9.0'))", 1L);
        assertGives("semver('1.0.0-beta.2').isLessThan(semver('1.0.0-beta.11'))", true);
        assertGives("semver('1.0.0-rc.1').isLessThan(semver('1.0.0'))", true);
        assertGives("semver('1.0.0+a') == semver('1.0.0+b')", true);
        assertGives("semver('1.2.3').patch()", 3L);
        assertGives(
                "['v1.2.3', '1.2', '01.2.3', '1.2.3-', '1.2.3-01', '1.2.3.4'].exists(t, isSemver(t))",
                false);
        assertRejected("semver('v1', true)", "semver");
    }
}
