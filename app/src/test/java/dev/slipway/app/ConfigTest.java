package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.apiserver.oidc.TrustedIssuer;
import dev.slipway.kernel.store.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir Path folder;

    @Test
    void hasDefaultsThatAreSafe() {
        var config = Config.of("up", List.of());

        assertThat(config)
                .isEqualTo(
                        new Config(
                                Path.of(".slipway"),
                                new Address("127.0.0.1", 7070),
                                new Address("127.0.0.1", 7443),
                                "sqlite",
                                Set.of(),
                                Set.of(),
                                true,
                                false,
                                Retention.defaults(),
                                Optional.empty(),
                                List.of(),
                                Set.of()));
        assertThat(Config.of("serve", List.of()).examples()).isFalse();
    }

    @Test
    void takesEveryOption() {
        var config =
                Config.of(
                        "up",
                        List.of(
                                "--data",
                                "/tmp/x",
                                "--portal=0.0.0.0:80",
                                "--api",
                                "[::1]:443",
                                "--store",
                                "postgresql://ann@db.example/slipway",
                                "--store-password-file",
                                "/tmp/password",
                                "--host",
                                "slipway.example,proxy.example:443",
                                "--without",
                                "graph,catalog",
                                "--empty",
                                "--insecure-http",
                                "--audit-reads",
                                "secrets,widgets.acme.dev"));

        assertThat(config)
                .isEqualTo(
                        new Config(
                                Path.of("/tmp/x"),
                                new Address("0.0.0.0", 80),
                                new Address("::1", 443),
                                "postgresql://ann@db.example/slipway",
                                Set.of("slipway.example", "proxy.example:443"),
                                Set.of("graph", "catalog"),
                                false,
                                true,
                                Retention.defaults(),
                                Optional.of(Path.of("/tmp/password")),
                                List.of(),
                                Set.of("secrets", "widgets.acme.dev")));
        assertThat(config.with("graph")).isFalse();
        assertThat(config.with("portal")).isTrue();
    }

    @Test
    void takesEveryKeyOfAFileAndLetsOptionsWin() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("slipway.yaml"),
                        """
                        data: /tmp/y
                        portal: 127.0.0.1:1
                        api: 127.0.0.1:2
                        store: sqlite
                        store-password-file: /tmp/password
                        without: [catalog]
                        empty: true
                        insecure-http: false
                        audit-reads: ["*"]
                        features: {graph: off}
                        retention: {last: 3}
                        oidc: [{issuer: https://login.example, audience: slipway, user-claim: email, user-prefix: ""}]
                        """);
        var config = Config.of("up", List.of("--config", file.toString(), "--api", "127.0.0.1:3"));

        assertThat(config)
                .isEqualTo(
                        new Config(
                                Path.of("/tmp/y"),
                                new Address("127.0.0.1", 1),
                                new Address("127.0.0.1", 3),
                                "sqlite",
                                Set.of(),
                                Set.of("catalog", "graph"),
                                false,
                                false,
                                RetentionSettings.of(Map.of("last", 3L)),
                                Optional.of(Path.of("/tmp/password")),
                                List.of(
                                        new TrustedIssuer(
                                                URI.create("https://login.example"),
                                                "slipway",
                                                "email",
                                                "",
                                                "groups",
                                                "oidc:",
                                                "")),
                                Set.of("*")));
    }

    @Test
    void refusesIssuersThatAreNotWhole() throws IOException {
        refusesIssuers("oidc wants a list", "{issuer: https://a}");
        refusesIssuers("oidc[0] wants audience", "[{issuer: https://a}]");
        refusesIssuers("oidc[0].issuer wants an address", "[{issuer: a, audience: b}]");
        refusesIssuers("unknown key \"client\"", "[{issuer: https://a, client: b}]");
        refusesIssuers(
                "twice", "[{issuer: https://a, audience: b}, {issuer: https://a, audience: c}]");
        refusesIssuers(
                "oidc[0].ca-file none.pem cannot be read",
                "[{issuer: https://a, audience: b, ca-file: none.pem}]");
    }

    private void refusesIssuers(String why, String issuers) throws IOException {
        var file = Files.writeString(folder.resolve("issuers.yaml"), "oidc: " + issuers);
        refuses(why, "--config", file.toString());
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        var file = Files.writeString(folder.resolve("slipway.yaml"), "prot: 1");

        refuses("unknown option \"--prot\"", "--prot", "1");
        refuses("--data wants a value", "--data");
        refuses("--portal wants HOST:PORT, is \"7070\"", "--portal", "7070");
        refuses("--portal wants HOST:PORT, is \"localhost:http\"", "--portal", "localhost:http");
        refuses("not \"files\"", "--store", "files");
        refuses("--store: the address names no user", "--store", "postgresql://db/x");
        refuses("unknown key \"prot\"", "--config", file.toString());
        refuses("cannot be read", "--config", folder.resolve("none").toString());
        refuses("there is no feature \"nosuch\"", "--without", "nosuch");
        refuses("--empty wants true or false", "--empty=maybe");
    }

    @Test
    void refusesAPasswordWhereOthersCanReadIt() {
        assertThatThrownBy(
                        () -> Config.of("serve", List.of("--store", "postgresql://ann:hush@db/x")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("SLIPWAY_STORE_PASSWORD")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesToShowThePortalToOtherMachinesUnasked() {
        refuses("--insecure-http", "--portal", "0.0.0.0:7070");
    }

    private static void refuses(String message, String... options) {
        assertThatThrownBy(() -> Config.of("serve", List.of(options)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void tellsOthersWhereToComeIn() {
        assertThat(Config.of("serve", List.of("--host", "a.example")).elsewhere(7443)).isEmpty();
        assertThat(outward("b.example,a.example").elsewhere(7443))
                .contains(URI.create("https://a.example:7443/"));
        assertThat(outward("a.example:443").elsewhere(7443))
                .contains(URI.create("https://a.example:443/"));
        assertThat(outward("a.example:443,[fd00::1]").certified())
                .contains("a.example", "fd00::1", "127.0.0.1");
        assertThat(outward("[fd00::1]").elsewhere(7443))
                .contains(URI.create("https://[fd00::1]:7443/"));
        assertThatThrownBy(() -> outward("https://a.example"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--host")
                .hasMessageContaining("https://a.example");
        assertThat(outward("a.example:443").hosts()).contains("a.example:443");
    }

    private static Config outward(String names) {
        return Config.of("serve", List.of("--api", "0.0.0.0:7443", "--host", names));
    }
}
