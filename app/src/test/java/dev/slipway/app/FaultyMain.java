package dev.slipway.app;

import dev.slipway.testbed.Fault;
import dev.slipway.testbed.FaultyDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// The product on a disk that fails: during the start as properties say, later as the standard input says. A line
/// `FAULT N` plants one, an empty one takes it away.
final class FaultyMain {
    private FaultyMain() {}

    static void main(String[] words) throws IOException, SQLException {
        var data = Path.of(words[List.of(words).indexOf("--data") + 1]);
        // What is to be changed has to be loaded.
        DriverManager.getConnection("jdbc:sqlite::memory:").close();
        var disk = new FaultyDisk(Files.createDirectories(data), "libsqlitejdbc", "libnio");
        var at = Integer.getInteger("fault.at");
        if (at > 0) {
            disk.arm(Fault.valueOf(System.getProperty("fault")), at);
        }
        Thread.ofPlatform().daemon().start(() -> obey(disk));
        Main.main(words);
    }

    private static void obey(FaultyDisk disk) {
        var times = 0;
        try (var in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    times++;
                    System.out.println("disarmed %d %b".formatted(times, disk.disarm()));
                } else {
                    var fault = line.split(" ", -1);
                    disk.arm(Fault.valueOf(fault[0]), Integer.parseInt(fault[1]));
                    System.out.println("armed " + line);
                }
            }
        } catch (IOException e) {
            System.out.println("the input broke off: " + e);
        }
    }
}
