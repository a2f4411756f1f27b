package dev.slipway.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs of a PostgreSQL server, and the user that may run them: the server refuses to run as root.
final class Programs {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private Programs() {}

    static boolean installed() {
        return folder().isPresent();
    }

    /// The folder of `initdb` and `postgres`, of the newest version there is.
    static Optional<Path> folder() {
        return candidates()
                .filter(folder ->
                        Stream.of("initdb", "postgres")
                                .allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .findFirst();
    }

    /// A command of them, as a user who may run it.
    static List<String> command(String program, String... arguments) {
        var folder =
                folder().orElseThrow(() ->
                        new IllegalStateException(
                                "no PostgreSQL server is installed: neither in %s nor on the PATH"
                                        .formatted(DEBIAN)));
        var command = new ArrayList<String>();
        if (root()) {
            command.addAll(List.of("runuser", "-u", user(), "--"));
        }
        command.add(program.contains("/") ? program : folder.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /// Who runs the server where we are root.
    static String user() {
        return "postgres";
    }

    private static Stream<Path> candidates() {
        return Stream.concat(
                versions().map(version -> version.resolve("bin")),
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of));
    }

    private static Stream<Path> versions() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.of();
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions
                    .sorted(Comparator.comparingInt(Programs::number).reversed())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path version) {
        var name = version.getFileName().toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }
}
