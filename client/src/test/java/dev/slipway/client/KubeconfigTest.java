package dev.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigTest {
    @TempDir private Path folder;

    private Kubeconfig read(String cluster, String user) throws IOException {
        return Kubeconfig.read(
                Files.writeString(
                        folder.resolve("config"),
                        """
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: c, cluster: {server: "https://api.example:7443"%s}}]
                        users: [{name: u, user: {token: secret%s}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        current-context: x
                        """
                                .formatted(cluster, user)));
    }

    @Test
    void tellsByWhatTheServerIsKnown() throws IOException {
        assertThat(read("", "").trust().isUsual()).isTrue();
        assertThat(read(", insecure-skip-tls-verify: true", "").trust().insecure()).isTrue();
        assertThat(read(", tls-server-name: slipway.example", "").trust().serverName())
                .isEqualTo("slipway.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    , proxy-url: "http://proxy.example" | | it has `proxy-url`, which is not supported
                    , insecure-skip-tls-verify: true, certificate-authority-data: QQ== | | take one of them out
                    | , exec: {command: login} | it has `exec`, which is not supported: use a token or a client certificate
                    | , auth-provider: {name: oidc} | it has `auth-provider`, which is not supported
                    | , username: jane, password: x | it has `username`, which is not supported
                    | , as: root | it has `as`, which is not supported: use the credentials of who shall act
                    """)
    void refusesWhatItWouldPassOver(String cluster, String user, String why) {
        assertThatThrownBy(() -> read(cluster == null ? "" : cluster, user == null ? "" : user))
                .hasMessageContaining("cannot use the kubeconfig")
                .hasMessageContaining(why);
    }
}
