package dev.slipway.dist;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The layers of the image, those that change seldom first: system, Java, libraries, product.
final class Layers {
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions OPEN = FilePermissions.fromOctalString("777");
    private static final FilePermissions PRIVATE = FilePermissions.fromOctalString("700");

    private final boolean bare;

    /// @param bare whether the image brings the C library, because it stands on nothing
    Layers(boolean bare) {
        this.bare = bare;
    }

    /// @param root what lies at [Image#PLACE]
    /// @param work a folder for what is made up
    List<FileEntriesLayer> of(Path root, Path work) throws IOException {
        var jre = root.resolve("jre");
        var layers = new ArrayList<FileEntriesLayer>();
        layers.add(folders(work));
        if (bare) {
            layers.add(system(jre, work));
        }
        layers.add(tree("java", root, file -> file.startsWith(jre)));
        layers.add(tree("libraries", root, file -> isLibrary(root, file)));
        layers.add(tree("product", root, file -> !file.startsWith(jre) && !isLibrary(root, file)));
        return layers;
    }

    private static boolean isLibrary(Path root, Path file) {
        return file.startsWith(root.resolve("lib")) && !Product.isOurs(file);
    }

    /// The folders that are written into: `/data`, which is the user's, and `/tmp`.
    private static FileEntriesLayer folders(Path work) throws IOException {
        var empty = Files.createDirectory(work.resolve("empty"));
        return FileEntriesLayer.builder()
                .setName("folders")
                .addEntry(empty, at("/data"), PRIVATE, Product.TIME, Image.USER)
                .addEntry(empty, at("/tmp"), OPEN, Product.TIME)
                .build();
    }

    private FileEntriesLayer system(Path jre, Path work) throws IOException {
        var layer = FileEntriesLayer.builder().setName("system");
        for (var library : SharedLibraries.of(jre)) {
            layer.addEntry(library.toRealPath(), at(library.toString()), PROGRAM, Product.TIME);
        }
        for (var text : List.of("passwd", "group", "nsswitch.conf")) {
            var file = Files.writeString(work.resolve(text), Texts.of(text));
            layer.addEntry(file, at("/etc/" + text), FILE, Product.TIME);
        }
        return layer.build();
    }

    private FileEntriesLayer tree(String name, Path root, Predicate<Path> wanted)
            throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).filter(wanted).sorted().toList()) {
                var place = Image.PLACE + "/" + root.relativize(file);
                var mode = Files.isExecutable(file) && isBinary(file) ? PROGRAM : FILE;
                layer.addEntry(file.toRealPath(), at(place), mode, Product.TIME);
            }
        }
        return layer.build();
    }

    private static boolean isBinary(Path file) {
        return file.toString().matches(".*/(bin/[^/]+|jspawnhelper)");
    }

    private static AbsoluteUnixPath at(String path) {
        return AbsoluteUnixPath.get(path);
    }
}
