package dev.slipway.apiserver.access;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The keys under which TLS hands its sessions to clients, as tickets by which they come back without a full handshake:
/// to this process, or to the next one on the same folder. There is a new key every day, and the one of the day before is
/// still good; older ones are gone for ever. Thread-safe.
public final class TicketKeys {
    /// How many bytes a key has.
    public static final int BYTES = 48;

    private static final System.Logger LOG = System.getLogger(TicketKeys.class.getName());

    private final Path file;
    private final Clock clock;
    private final SecureRandom random;
    private List<Key> kept = List.of();

    TicketKeys(Path file, Clock clock, SecureRandom random) {
        this.file = file;
        this.clock = clock;
        this.random = random;
    }

    /// A line of the file.
    private record Key(LocalDate day, byte[] bytes) {
        static Optional<Key> parse(String line) {
            try {
                var words = line.split(" ", 2);
                var bytes = HexFormat.of().parseHex(words[words.length - 1].strip());
                return bytes.length == BYTES
                        ? Optional.of(new Key(LocalDate.parse(words[0]), bytes))
                        : Optional.empty();
            } catch (DateTimeException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        String line() {
            return day + " " + HexFormat.of().formatHex(bytes) + "\n";
        }
    }

    /// The day whose keys are in force: they change with it, at midnight UTC.
    public LocalDate day() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// What is in force today: first the key for new tickets, then the one that old ones are still taken by.
    public synchronized List<byte[]> today() {
        var today = day();
        try {
            var found = kept.isEmpty() ? read() : kept;
            kept = renewed(found, today);
            if (!kept.equals(found)) {
                write();
            }
        } catch (IOException e) {
            kept = renewed(kept, today);
            LOG.log(
                    Level.WARNING,
                    "cannot keep the keys of TLS sessions in %s, so that they end with this process: %s"
                            .formatted(file, e));
        }
        return kept.stream().map(key -> key.bytes().clone()).toList();
    }

    private List<Key> renewed(List<Key> keys, LocalDate today) {
        var good = new ArrayList<Key>();
        good.add(of(today, keys).orElseGet(() -> new Key(today, bytes())));
        of(today.minusDays(1), keys).ifPresent(good::add);
        return List.copyOf(good);
    }

    private static Optional<Key> of(LocalDate day, List<Key> keys) {
        return keys.stream().filter(key -> key.day().equals(day)).findFirst();
    }

    private byte[] bytes() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<Key> read() throws IOException {
        return PrivateFiles.read(file)
                .orElse("")
                .lines()
                .map(Key::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private void write() throws IOException {
        var text = new StringBuilder();
        kept.forEach(key -> text.append(key.line()));
        PrivateFiles.write(file, text.toString());
    }
}
