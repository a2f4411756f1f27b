package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    private static final String WEB = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n";

    @TempDir private Path folder;

    @Test
    void tellsWhereEachDocumentBegins() {
        assertThat(
                        places(
                                Documents.split(
                                        "a.yaml",
                                        "# first\n" + WEB + "---\n" + WEB + "--- \n\n" + WEB)))
                .containsExactly("a.yaml:2", "a.yaml:6", "a.yaml:11");
    }

    @Test
    void leavesOutEmptyDocuments() {
        assertThat(Documents.split("a.yaml", "---\n# nothing\n---\n" + WEB + "---\n")).hasSize(1);
        assertThat(Documents.split("a.yaml", "")).isEmpty();
    }

    @Test
    void readsWhatFollowsADocumentThatIsNotYaml() {
        var documents = Documents.split("a.yaml", WEB + "---\nkind: [unclosed\n---\n" + WEB);

        assertThat(documents).hasSize(3);
        assertThat(documents.get(1))
                .isInstanceOfSatisfying(
                        Document.Unreadable.class,
                        it -> assertThat(it.problem()).startsWith("is not YAML: line "));
        assertThat(documents.get(2)).isInstanceOf(Document.Parsed.class);
    }

    @Test
    void tellsTheLineOfTheFile() {
        var documents = Documents.split("a.yaml", WEB + "---\nkind: a: b\n");
        assertThat(documents.getLast())
                .isInstanceOfSatisfying(
                        Document.Unreadable.class,
                        it -> assertThat(it.problem()).startsWith("is not YAML: line 5,"));
    }

    @Test
    void namesWhatAnObjectLacks() {
        assertThat(
                        problems(
                                Documents.split(
                                        "a.yaml",
                                        "kind: X\n---\napiVersion: v1\n---\napiVersion: v1\nkind: X\n---\njust text\n")))
                .containsExactly(
                        "apiVersion: Required value",
                        "kind: Required value",
                        "metadata.name: Required value",
                        "is not an object");
    }

    @Test
    void unfoldsLists() {
        assertThat(
                        Documents.split(
                                "a.yaml",
                                "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: A, metadata: {name: a}}, {apiVersion: v1, kind: B, metadata: {name: b}}]}"))
                .extracting(document -> ((Document.Parsed) document).object().name())
                .containsExactly("a", "b");
    }

    @Test
    void readsTheFilesOfAFolderInOrder() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), WEB);
        Files.writeString(folder.resolve("a.yml"), WEB);
        Files.writeString(
                folder.resolve("c.json"),
                "{\"apiVersion\": \"v1\", \"kind\": \"A\", \"metadata\": {\"name\": \"c\"}}");
        Files.writeString(folder.resolve("README.md"), "no");
        Files.createDirectory(folder.resolve("deep"));
        Files.writeString(folder.resolve("deep/d.yaml"), WEB);

        assertThat(places(documents("").of(".", false)))
                .containsExactly("a.yml:1", "b.yaml:1", "c.json:1");
        assertThat(documents("").of(".", true)).hasSize(4);
    }

    @Test
    void readsTheStandardInput() {
        assertThat(places(documents(WEB).of("-", false))).containsExactly("-:1");
    }

    @Test
    void tellsWhatCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(problems(documents("").of("gone.yaml", false)))
                .containsExactly("does not exist");
        assertThat(problems(documents("").of("empty", false)))
                .containsExactly("holds no .yaml, .yml or .json file");
    }

    private Documents documents(String in) {
        InputStream stream = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        return new Documents(folder, stream);
    }

    private static List<String> places(List<Document> documents) {
        return documents.stream().map(Document::place).toList();
    }

    private static List<String> problems(List<Document> documents) {
        return documents.stream()
                .map(document -> ((Document.Unreadable) document).problem())
                .toList();
    }
}
