package dev.tidegate.cli.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The tables of docs/types.md. */
final class TypesDocument {

    private final List<String> lines;

    TypesDocument() {
        try {
            lines = Files.readAllLines(Path.of(System.getProperty("basedir", "cli"), "..", "docs", "types.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cells of the first table below a heading, without its head. */
    List<List<String>> rows(String heading) {
        return tableAfter(line -> line.matches("#+ " + heading));
    }

    /** The table of what goes into a column that exists. */
    List<List<String>> rowsIntoExisting() {
        return tableAfter(line -> line.startsWith("Into a table that exists"));
    }

    /** The table of what texts of a file become in a new table. */
    List<List<String>> rowsOfTexts() {
        return tableAfter(line -> line.startsWith("rows are looked at"));
    }

    /** The table of the texts that a column takes that exists. */
    List<List<String>> rowsOfTextsIntoExisting() {
        return tableAfter(line -> line.startsWith("Into a table that exists each text"));
    }

    /** The table of what is special in files. */
    List<List<String>> rowsOfFiles() {
        return tableAfter(line -> line.startsWith("What DuckDB would write to a file"));
    }

    /** The texts that a cell quotes. */
    static List<String> quoted(String cell) {
        return Pattern.compile("`([^`]*)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private List<List<String>> tableAfter(Predicate<String> start) {
        List<List<String>> rows = lines.stream()
                .dropWhile(start.negate())
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.split("\\|", -1))
                        .skip(1)
                        .map(String::strip)
                        .toList())
                .toList();
        if (rows.isEmpty()) {
            throw new AssertionError("docs/types.md has lost a table");
        }
        return rows;
    }

    /** The types that a cell names: a list, or a range by its ends. */
    static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        for (String name : cell.split(", | to ")) {
            names.add(name.strip());
        }
        return names;
    }

    /** A type without its length or precision, and without what an enumeration or a vector has in it. */
    static String base(String type) {
        return type.replaceAll("[(\\[].*[)\\]]", "");
    }

    /** A type with digits is itself; one with letters or nothing stands for every length and precision. */
    static Predicate<String> isCaseOf(String documented, String rest) {
        return found -> found.equals(documented + rest)
                || found.replaceAll("\\(.*\\)", "").equals(base(documented) + rest)
                        && !documented.matches(".*\\(\\d+\\)");
    }

    static String duckDbType(String expression) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery("SELECT typeof(" + expression + ")")) {
            row.next();
            return row.getString(1);
        }
    }
}
