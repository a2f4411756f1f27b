package dev.slipway.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.access.Credentials;
import dev.slipway.testkit.TestClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskingForCertificatesTest {
    @TempDir private Path folder;

    @Test
    void goesOnWithTheJdkWhereThereIsNoNativeLibrary() throws Exception {
        var credentials = Credentials.open(folder, List.of(), new TestClock(), new SecureRandom());
        var asked = new AtomicInteger();
        var tls =
                new AskingForCertificates(
                        credentials.authority(),
                        _ -> {
                            asked.incrementAndGet();
                            return Optional.empty();
                        });
        tls.setKeyStore(credentials.keyStore());
        tls.setKeyStorePassword("");
        tls.start();
        try {
            for (int i = 0; i < 100 || asked.get() == 0; i++) {
                var engine = tls.newSSLEngine(null);

                assertThat(NativeTls.made(engine)).isFalse();
                assertThat(engine.getWantClientAuth()).isTrue();
            }
            assertThat(asked).hasValue(1);
            assertThat(tls.isNative()).isFalse();
        } finally {
            tls.stop();
        }
    }
}
