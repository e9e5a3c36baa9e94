package dev.tidegate.testkit.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The tables of a document in the folder docs, for tests that run in a module's folder. Immutable. */
public final class DocumentTables {
    private final Path document;
    private final List<String> lines;

    private DocumentTables(Path document, List<String> lines) {
        this.document = document;
        this.lines = lines;
    }

    /** @param name of the file, such as {@code types.md} */
    public static DocumentTables of(String name) throws IOException {
        Path document = Path.of("..", "docs", name);
        return new DocumentTables(document, Files.readAllLines(document));
    }

    /**
     * The cells of the first table after a line, without its head.
     *
     * @throws AssertionError if there is none
     */
    public List<List<String>> after(Predicate<String> line) {
        List<List<String>> rows = lines.stream()
                .dropWhile(line.negate())
                .dropWhile(each -> !each.startsWith("|"))
                .takeWhile(each -> each.startsWith("|"))
                .skip(2)
                .map(each -> Arrays.stream(each.split("\\|", -1))
                        .skip(1)
                        .map(String::strip)
                        .toList())
                .toList();
        if (rows.isEmpty()) {
            throw new AssertionError(document + " has lost a table");
        }
        return rows;
    }
}
