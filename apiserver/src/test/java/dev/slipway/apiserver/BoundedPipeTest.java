package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedPipeTest {
    @Test
    void carriesEverythingInOrder() throws Exception {
        var sent = new byte[5 * BoundedPipe.CAPACITY + 7];
        new Random(1).nextBytes(sent);
        var pipe = new BoundedPipe();
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var out = pipe.out()) {
                                out.write(sent);
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });

        assertThat(pipe.in().readAllBytes()).isEqualTo(sent);
        writer.join();
    }

    @Test
    void makesTheWriterWait() throws Exception {
        var pipe = new BoundedPipe();
        var written = new AtomicInteger();
        var full = new CountDownLatch(BoundedPipe.CAPACITY);
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var out = pipe.out()) {
                                for (int i = 0; i < BoundedPipe.CAPACITY + 1; i++) {
                                    out.write(1);
                                    written.incrementAndGet();
                                    full.countDown();
                                }
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });

        assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.join(java.time.Duration.ofMillis(50))).isFalse();
        assertThat(written).hasValue(BoundedPipe.CAPACITY);
        assertThat(pipe.in().read()).isEqualTo(1);
        assertThat(writer.join(java.time.Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void failsTheWriterOnceTheReaderHasGone() throws IOException {
        var pipe = new BoundedPipe();
        var told = new CountDownLatch(1);
        pipe.onClose(told::countDown);

        pipe.in().close();

        assertThat(told.getCount()).isZero();
        try (var out = pipe.out()) {
            assertThatThrownBy(() -> out.write(new byte[1])).hasMessage("the reader has gone");
        }
    }
}
