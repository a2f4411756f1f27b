package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.body;
import static dev.slipway.kernel.store.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlWriterTest {
    @TempDir Path folder;

    /// Whatever may have gone wrong before: a log never has a gap that nobody has made.
    @Test
    void refusesNumbersThatDoNotFollowTheNewest() throws Exception {
        var file = new SqliteFile(folder.resolve("slipway.db"));
        file.prepare();
        try (var writer = new SqlWriter(file.writer(), SqlTables.SQLITE, Vault.locked())) {
            writer.append(0, new Given(List.of(creation(1), creation(2))));
            for (var wrong : List.of(2L, 4L)) {
                assertThatThrownBy(() -> writer.append(2, new Given(List.of(creation(wrong)))))
                        .isInstanceOf(RewoundException.class)
                        .hasMessage(
                                "it ends with revision 2, what is to follow was numbered %d",
                                wrong);
            }
            writer.append(2, new Given(List.of(creation(3))));
        }
        try (var reader = new SqlReader(file.reader(), "", Vault.locked())) {
            var numbers = new ArrayList<Long>();
            reader.entries(0, 10).forEach(entry -> numbers.add(entry.revision().number()));
            assertThat(numbers).containsExactly(1L, 2L, 3L);
        }
    }

    private static Revision creation(long number) {
        var key = service("s" + number);
        return new Revision(
                number,
                key,
                "uid-" + number,
                Operation.CREATE,
                0,
                Attribution.of("ann"),
                StoreContract.NOON.instant(),
                number,
                body(key, "one"));
    }

    /// Appends what it was given, wherever the log ends.
    private record Given(List<Revision> revisions) implements Database.Decision {
        @Override
        public void missed(List<Revision> page) {
            throw new AssertionError("nothing was missed");
        }

        @Override
        public List<Revision> decide(long epoch) {
            return revisions;
        }
    }
}
