package dev.slipway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the command line asks of a bench.
///
/// @param rows the names of those to be measured
/// @param quick whether sizes are a fraction of those that the budgets speak of
/// @param json whether the report is for a program
/// @param heap of the server, as `-Xmx` takes it; empty for what the product starts with
/// @param store the server's `--store`; empty for the embedded one
/// @param folder on the disk to be measured; a folder of the bench's own is made in it
/// @param peer the kubeconfig of another server that gets the same load
/// @param peerProcesses the numbers of the other server's processes on this machine, to count what they spend
record Options(
        List<String> rows,
        boolean quick,
        boolean json,
        String heap,
        String store,
        Path folder,
        Optional<Path> peer,
        List<Long> peerProcesses) {
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kmgKMG]");
    private static final Set<String> FLAGS = Set.of("--quick");
    private static final List<String> VALUED =
            List.of(
                    "--rows",
                    "--heap",
                    "--store",
                    "--data-dir",
                    "--peer-kubeconfig",
                    "--peer-pid",
                    "-o");

    Options {
        rows = List.copyOf(rows);
        peerProcesses = List.copyOf(peerProcesses);
    }

    /// Reads what follows the verb.
    ///
    /// @param known the names of all rows
    static Options parse(List<String> words, List<String> known) {
        Map<String, String> given = new LinkedHashMap<>();
        for (var rest = words.iterator(); rest.hasNext(); ) {
            option(rest.next(), rest, given);
        }
        return new Options(
                rows(given, known),
                given.containsKey("--quick"),
                json(given.getOrDefault("-o", "")),
                heap(given.getOrDefault("--heap", "")),
                store(given.getOrDefault("--store", "")),
                folder(given.getOrDefault("--data-dir", System.getProperty("java.io.tmpdir"))),
                Optional.ofNullable(given.get("--peer-kubeconfig")).map(Options::file),
                processes(given));
    }

    private static void option(String word, Iterator<String> rest, Map<String, String> given) {
        var equals = word.startsWith("--") ? word.indexOf('=') : -1;
        var name = equals < 0 ? word : word.substring(0, equals);
        if (FLAGS.contains(word)) {
            given.put(word, "");
        } else if (!VALUED.contains(name)) {
            throw new UsageException("unknown option \"%s\"".formatted(word));
        } else if (equals >= 0) {
            given.put(name, word.substring(equals + 1));
        } else if (rest.hasNext()) {
            given.put(name, rest.next());
        } else {
            throw new UsageException("%s wants a value".formatted(name));
        }
    }

    private static List<String> rows(Map<String, String> given, List<String> known) {
        if (!given.containsKey("--rows")) {
            return known;
        }
        var asked = names(given.get("--rows"));
        for (var row : asked) {
            if (!known.contains(row)) {
                throw new UsageException(
                        "there is no row \"%s\"; there are %s"
                                .formatted(row, String.join(", ", known)));
            }
        }
        if (asked.isEmpty()) {
            throw new UsageException("--rows names none; there are " + String.join(", ", known));
        }
        return known.stream().filter(asked::contains).toList();
    }

    private static boolean json(String output) {
        return switch (output) {
            case "" -> false;
            case "json" -> true;
            default -> throw new UsageException("-o knows json, not \"%s\"".formatted(output));
        };
    }

    private static String heap(String size) {
        if (!size.isEmpty() && !HEAP.matcher(size).matches()) {
            throw new UsageException(
                    "--heap wants a size such as 512m or 1g, is \"%s\"".formatted(size));
        }
        return size;
    }

    private static String store(String store) {
        if (store.contains("currentSchema")) {
            throw new UsageException(
                    "--store: leave currentSchema out, each server of the bench gets a schema of its own");
        }
        return store.equals("sqlite") ? "" : store;
    }

    private static Path folder(String name) {
        var folder = Path.of(name);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UsageException(
                    "--data-dir %s is not a folder that can be written to".formatted(name));
        }
        return folder;
    }

    private static Path file(String name) {
        var file = Path.of(name);
        if (!Files.isReadable(file)) {
            throw new UsageException("--peer-kubeconfig %s cannot be read".formatted(name));
        }
        return file;
    }

    private static List<Long> processes(Map<String, String> given) {
        var words = names(given.getOrDefault("--peer-pid", ""));
        if (!words.isEmpty() && !given.containsKey("--peer-kubeconfig")) {
            throw new UsageException("--peer-pid goes with --peer-kubeconfig");
        }
        return words.stream().map(Options::number).toList();
    }

    private static Long number(String word) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--peer-pid wants numbers of processes, is \"%s\"".formatted(word));
        }
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
