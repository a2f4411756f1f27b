package dev.slipway.app;

import dev.slipway.kernel.store.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Where the process says what it does: warnings on the console, more in `DIR/logs/`, both bounded.
final class Logs {
    /// How large one log file may grow, in bytes.
    static final int MAX_BYTES = 10 * 1024 * 1024;

    /// How many log files are kept.
    static final int FILES = 5;

    private Logs() {}

    /// Warnings go to standard error, a line each.
    static void toConsole() {
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(with(new ConsoleHandler(), Level.WARNING));
    }

    /// More goes to the folder of a process that holds it; one that cannot be written costs the file, not the start.
    static void toFiles(DataFolder data) {
        try {
            var folder = Files.createDirectories(data.resolve("logs"));
            var pattern = folder.toString().replace("%", "%%") + "/slipway.%g.log";
            Logger.getLogger("")
                    .addHandler(with(new FileHandler(pattern, MAX_BYTES, FILES, true), Level.INFO));
        } catch (IOException e) {
            Logger.getLogger(Logs.class.getName())
                    .warning("no log file in " + data.path() + ": " + e.getMessage());
        }
    }

    private static Handler with(Handler handler, Level level) {
        handler.setLevel(level);
        handler.setFormatter(new OneLine());
        return handler;
    }

    /// `2026-01-31T12:00:00.123Z WARNING dev.slipway.control.ControllerRuntime: message`, and the stack where there is one.
    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord line) {
            var time = line.getInstant().truncatedTo(ChronoUnit.MILLIS);
            var text =
                    "%s %s %s: %s%n"
                            .formatted(
                                    time,
                                    line.getLevel(),
                                    line.getLoggerName(),
                                    formatMessage(line));
            return line.getThrown() == null ? text : text + stack(line.getThrown());
        }

        private static String stack(Throwable thrown) {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }
}
