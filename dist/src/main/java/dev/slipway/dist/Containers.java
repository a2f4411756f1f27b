package dev.slipway.dist;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Writes images without a daemon, and reads the one that they stand on.
final class Containers {
    private final Path caches;
    private final Optional<String> base;

    /// What an image is made of, given what it stands on.
    @FunctionalInterface
    interface Description {
        JibContainerBuilder of(JibContainerBuilder from) throws IOException;
    }

    /// @param caches where layers are kept on the way
    Containers(Path caches, Optional<String> base) {
        this.caches = caches;
        this.base = base;
    }

    /// Refuses a base that cannot be there.
    static void check(String base) {
        if (isFile(base) && !Files.isRegularFile(Path.of(base))) {
            throw new CannotPackException("--base %s: there is no such file".formatted(base));
        }
        if (!isFile(base)) {
            reference(base);
        }
    }

    private static boolean isFile(String base) {
        return base.endsWith(".tar");
    }

    /// Writes an image into a file; one that is there already is replaced once the new one is whole.
    Path write(Description description, Path file, String name) throws IOException {
        var half = file.resolveSibling(file.getFileName() + ".half");
        try {
            description
                    .of(from())
                    .containerize(
                            Containerizer.to(TarImage.at(half).named(name))
                                    .setBaseImageLayersCache(caches.resolve("base"))
                                    .setApplicationLayersCache(caches.resolve("own"))
                                    .setOfflineMode(!isRemote()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotPackException("interrupted", e);
        } catch (RegistryException
                | ExecutionException
                | CacheDirectoryCreationException
                | InvalidImageReferenceException e) {
            throw new CannotPackException("the image cannot be made: " + why(e), e);
        }
        return Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean isRemote() {
        return base.filter(name -> !isFile(name)).isPresent();
    }

    private JibContainerBuilder from() {
        return base.map(name ->
                        isFile(name) ? Jib.from(TarImage.at(Path.of(name))) : registry(name))
                .orElseGet(Jib::fromScratch);
    }

    private static JibContainerBuilder registry(String name) {
        var reference = reference(name);
        var credentials = CredentialRetrieverFactory.forImage(reference, _ -> {});
        return Jib.from(
                RegistryImage.named(reference).addCredentialRetriever(credentials.dockerConfig()));
    }

    private static ImageReference reference(String name) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException e) {
            throw new CannotPackException("--base %s is no image's name".formatted(name), e);
        }
    }

    private static String why(Exception e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }
}
