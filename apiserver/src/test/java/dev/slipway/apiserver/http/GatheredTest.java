package dev.slipway.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredTest {
    private static final int ENOUGH = 1024;

    private final Sent sent = new Sent();
    private final Gathered gathered = new Gathered(sent, ENOUGH);

    @Test
    void gathersWhatIsWrittenUntilItIsFlushed() throws IOException {
        gathered.write('a');
        gathered.write(bytes("bc"));
        assertThat(sent.pieces).isEmpty();
        gathered.flush();
        assertThat(sent.pieces).containsExactly(3);
        assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("abc");
    }

    @Test
    void holdsNoMemoryOnceItIsFlushed() throws IOException {
        gathered.write(bytes("something"));
        assertThat(gathered.capacity()).isPositive();
        gathered.flush();
        assertThat(gathered.capacity()).isZero();
    }

    @Test
    void neverGathersMoreThanEnough() throws IOException {
        for (int i = 0; i < 3 * ENOUGH; i++) {
            gathered.write(i);
        }
        gathered.close();
        assertThat(sent.pieces).containsExactly(ENOUGH, ENOUGH, ENOUGH);
        assertThat(gathered.capacity()).isZero();
    }

    @Test
    void sendsWhatIsLongAsItIsAndInOrder() throws IOException {
        gathered.write(bytes("head "));
        gathered.write(bytes("x".repeat(ENOUGH)));
        gathered.write(bytes(" end"));
        gathered.close();
        assertThat(sent.pieces).containsExactly(5, ENOUGH, 4);
        assertThat(sent.toString(StandardCharsets.US_ASCII))
                .isEqualTo("head " + "x".repeat(ENOUGH) + " end");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Remembers how long the pieces were in which it was written to.
    private static final class Sent extends ByteArrayOutputStream {
        private final List<Integer> pieces = new ArrayList<>();

        @Override
        public synchronized void write(byte[] from, int offset, int count) {
            pieces.add(count);
            super.write(from, offset, count);
        }
    }
}
