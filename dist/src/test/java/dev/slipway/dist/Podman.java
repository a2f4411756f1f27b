package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Podman with storage of its own, and with settings that need no more than a plain container offers.
final class Podman implements AutoCloseable {
    private static final String SETTINGS =
            """
            [containers]
            default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            """;

    private final Path folder;

    Podman(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        Files.writeString(folder.resolve("containers.conf"), SETTINGS);
    }

    Map<String, String> environment() {
        return Map.of("CONTAINERS_CONF", folder.resolve("containers.conf").toString());
    }

    List<String> command(String... words) {
        var command =
                new ArrayList<>(
                        List.of(
                                "podman",
                                "--root",
                                folder.resolve("storage").toString(),
                                "--runroot",
                                folder.resolve("run").toString(),
                                "--storage-driver",
                                "vfs"));
        command.addAll(List.of(words));
        return command;
    }

    String run(String... words) throws IOException {
        return Command.run(command(words), environment());
    }

    /// Its containers and images go, and with them what only it may delete.
    @Override
    public void close() throws IOException {
        run("rm", "--all", "--force", "--time", "1");
        run("rmi", "--all", "--force");
    }
}
