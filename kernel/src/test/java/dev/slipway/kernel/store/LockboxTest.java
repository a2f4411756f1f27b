package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockboxTest {
    private static final byte[] PLAIN =
            "what nobody else reads".getBytes(StandardCharsets.US_ASCII);

    @TempDir private Path folder;

    private Lockbox lockbox(String purpose) {
        return new Keyring(folder, new SecureRandom()).lockbox(purpose);
    }

    @Test
    void opensWhatItClosedInALaterLife() {
        var closed = lockbox("tokens").close(PLAIN);

        assertThat(new String(closed, StandardCharsets.ISO_8859_1)).doesNotContain("nobody");
        assertThat(lockbox("tokens").open(closed)).contains(PLAIN);
        assertThat(lockbox("tokens").isCurrent(closed)).isTrue();
    }

    @Test
    void opensNothingThatIsForAnotherPurposeOrAltered() {
        var closed = lockbox("tokens").close(PLAIN);
        assertThat(lockbox("tickets").open(closed)).isEmpty();

        closed[closed.length - 1] ^= 1;
        assertThat(lockbox("tokens").open(closed)).isEmpty();
        assertThat(lockbox("tokens").open(new byte[0])).isEmpty();
    }

    @Test
    void opensWithTheKeyBeforeUntilThatIsGone() throws IOException {
        var closed = lockbox("tokens").close(PLAIN);
        Files.move(folder.resolve(Keyring.FILE), folder.resolve(Keyring.OLD));

        var now = lockbox("tokens");
        assertThat(now.open(closed)).contains(PLAIN);
        assertThat(now.isCurrent(closed)).isFalse();

        Files.delete(folder.resolve(Keyring.OLD));
        assertThat(lockbox("tokens").open(closed)).isEmpty();
    }
}
