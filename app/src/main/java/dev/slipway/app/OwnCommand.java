package dev.slipway.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command that starts this program once more: the same virtual machine and class path, the options of a server.
final class OwnCommand {
    /// Where the script says which options a server gets.
    static final String OPTIONS = "slipway.serve.options";

    /// Where it says which start cache fits; empty for none.
    static final String CACHE = "slipway.serve.cache";

    private static final String PLAIN =
            "-Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

    private OwnCommand() {}

    /// All but a verb.
    static List<String> line() {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Arrays.stream(System.getProperty(OPTIONS, PLAIN).split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(line::add);
        var cache = System.getProperty(CACHE, "");
        if (!cache.isEmpty()) {
            line.addAll(List.of("-XX:AOTCache=" + cache, "-Dslipway.cache=" + cache));
            line.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off"));
            line.addAll(library(Path.of(cache + ".so")));
        }
        line.add("-Dslipway.home=" + System.getProperty("slipway.home", "."));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return line;
    }

    /// The native part of the embedded database, where it was unpacked beside the start cache.
    private static List<String> library(Path file) {
        return Files.isRegularFile(file)
                ? List.of(
                        "-Dorg.sqlite.lib.path=" + file.getParent(),
                        "-Dorg.sqlite.lib.name=" + file.getFileName())
                : List.of();
    }
}
