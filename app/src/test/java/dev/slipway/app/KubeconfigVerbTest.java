package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.apiserver.access.Credentials;
import dev.slipway.client.Kubeconfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigVerbTest {
    @TempDir private Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private void run(String... words) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new KubeconfigVerb(Clock.systemUTC(), out).run(List.of(words));
    }

    @Test
    void printsHowSomebodyIsKnown() throws IOException {
        Credentials.open(folder, List.of(), Clock.systemUTC(), new SecureRandom())
                .writeKubeconfig(URI.create("https://127.0.0.1:7443"));
        run("--user", "jane", "--group", "devs,ops", "--data", folder.toString());

        var made =
                Files.writeString(folder.resolve("jane"), printed.toString(StandardCharsets.UTF_8));
        var config = Kubeconfig.read(made);
        assertThat(config.server()).isEqualTo(URI.create("https://127.0.0.1:7443"));
        assertThat(config.token()).isEmpty();
        assertThat(config.certificate()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(config.key()).contains("PRIVATE KEY");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> run("--data", folder.toString()))
                .hasMessage("kubeconfig wants --user NAME");
        assertThatThrownBy(() -> run("--user", "jane", "--data", folder.toString()))
                .hasMessageContaining("is not there: start the server");
        assertThat(folder).isEmptyDirectory();
    }
}
