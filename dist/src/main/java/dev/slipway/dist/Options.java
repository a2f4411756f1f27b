package dev.slipway.dist;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What `slipway dist` is told.
///
/// @param to the folder that is written into
/// @param image whether an image is made beside the archive
/// @param base what the image stands on; empty takes the system libraries of this machine
record Options(Path to, boolean image, Optional<String> base) {
    static final Path DEFAULT_TO = Path.of("dist", "target");

    Options {
        if (base.isPresent() && !image) {
            throw new UsageException("--base is about the image: add --image");
        }
    }

    static Options of(List<String> words) {
        var to = DEFAULT_TO;
        var image = false;
        var base = Optional.<String>empty();
        for (var rest = words.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            switch (word) {
                case "--image" -> image = true;
                case "--to" -> to = Path.of(value(word, rest));
                case "--base" -> base = Optional.of(value(word, rest));
                default -> throw new UsageException("unknown option \"%s\"".formatted(word));
            }
        }
        return new Options(to, image, base);
    }

    static List<String> usage() {
        return List.of(
                "slipway dist [--to DIR] [--image [--base FILE.tar|NAME]]   pack what is built, to be installed elsewhere",
                "--to DIR           where to write to (default %s)".formatted(DEFAULT_TO),
                "--image            make an OCI image too",
                "--base FILE.tar    what the image stands on: an image saved to a file,",
                "--base NAME        or one in a registry (default: nothing but this machine's C library)");
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UsageException("%s wants a value".formatted(option));
        }
        return rest.next();
    }
}
