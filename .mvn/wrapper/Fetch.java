import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipInputStream;

/// Fetches a zip, checks its SHA-512 and unpacks it: `java Fetch.java URL SHA512 FOLDER`.
void main(String[] args) throws Exception {
    var folder = Path.of(args[2]);
    IO.println("fetching " + args[0]);
    var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    var request = HttpRequest.newBuilder(URI.create(args[0])).build();
    var zip = Files.createTempFile(folder, "maven", ".zip");
    try {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofFile(zip));
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP status " + answer.statusCode() + " for " + args[0]);
        }
        check(zip, args[1]);
        unpack(zip, folder);
    } finally {
        Files.deleteIfExists(zip);
    }
}

void check(Path zip, String expected) throws Exception {
    var digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(zip));
    var actual = HexFormat.of().formatHex(digest);
    if (!actual.equals(expected)) {
        throw new IOException("the file has the digest " + actual + ", not " + expected);
    }
}

void unpack(Path zip, Path folder) throws IOException {
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
        for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            var target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("an entry outside the folder: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                Files.copy(in, target);
            }
        }
    }
}
