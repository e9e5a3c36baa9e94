package dev.tidegate.cli.copy;

import dev.tidegate.testkit.document.DocumentTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The tables of docs/types.md. */
final class TypesDocument {

    private final DocumentTables tables;

    TypesDocument() {
        try {
            tables = DocumentTables.of("types.md");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cells of the first table below a heading, without its head. */
    List<List<String>> rows(String heading) {
        return tables.after(line -> line.matches("#+ " + heading));
    }

    /** The table of what goes into a column that exists. */
    List<List<String>> rowsIntoExisting() {
        return tables.after(line -> line.startsWith("Into a table that exists"));
    }

    /** The table of what texts of a file become in a new table. */
    List<List<String>> rowsOfTexts() {
        return tables.after(line -> line.startsWith("rows are looked at"));
    }

    /** The table of the texts that a column takes that exists. */
    List<List<String>> rowsOfTextsIntoExisting() {
        return tables.after(line -> line.startsWith("Into a table that exists each text"));
    }

    /** The table of what is special in files. */
    List<List<String>> rowsOfFiles() {
        return tables.after(line -> line.startsWith("What DuckDB would write to a file"));
    }

    /** The texts that a cell quotes. */
    static List<String> quoted(String cell) {
        return Pattern.compile("`([^`]*)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1))
                .toList();
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
