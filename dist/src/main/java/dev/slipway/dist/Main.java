package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// `slipway dist`: packs what was built. Exit codes: 0 packed, 1 cannot, 2 wrong usage.
public final class Main {
    private static final int CANNOT = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args)));
    }

    private static int run(List<String> words) {
        if (words.contains("--help")) {
            Options.usage().forEach(System.out::println);
            return 0;
        }
        try {
            pack(
                    Options.of(words),
                    Product.in(Path.of(System.getProperty("slipway.home", "."))),
                    Path.of(System.getProperty("java.home")));
            return 0;
        } catch (UsageException e) {
            System.err.println("slipway dist: " + e.getMessage());
            Options.usage().forEach(line -> System.err.println("  " + line));
            return USAGE;
        } catch (CannotPackException | IOException e) {
            System.err.println("slipway dist: " + e.getMessage());
            return CANNOT;
        }
    }

    private static void pack(Options options, Product product, Path jdk) throws IOException {
        var image = options.image() ? new Image(product, jdk, options.base()) : null;
        Files.createDirectories(options.to());
        try (var work = new WorkFolder()) {
            System.out.println(
                    new Archive(product, jdk).writeTo(options.to(), work.folder("archive")));
            if (image != null) {
                System.out.println(image.writeTo(options.to(), work.folder("image")));
            }
        }
    }
}
