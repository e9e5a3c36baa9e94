package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.push.ast.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells DuckDB's functions from the macros that have been put in their place, and from those with an overload that a program has
 * registered, which DuckDB takes for one of its own then. Nothing is kept between statements: a macro may be made by any
 * connection to the database, be seen by one transaction only, and be found by one search path and not by another.
 */
final class OwnFunctions {
    /** No function has a parameter of this name, so DuckDB refuses the call, and how it does tells what it has found. */
    private static final String CALL = "(tidegate_none := 1)";

    private static final String FUNCTION_FOUND = "No function matches the given name and argument types ";

    /** What DuckDB calls the parameters of a program's function, which have no names. It names all of its own functions' that are pushed. */
    private static final Pattern NAMELESS = Pattern.compile("[(,]\\s*\"?col\\d+\"? ");

    private enum Found {
        OWN,
        REDEFINED,
        UNKNOWN
    }

    private OwnFunctions() {}

    /** @param names as DuckDB's parser gives them */
    static boolean isAnyRedefined(Connection duckdb, Set<String> names) throws SQLException {
        if (names.isEmpty()) {
            return false;
        }
        Set<Found> found = found(duckdb, names);
        return found.contains(Found.REDEFINED) || found.contains(Found.UNKNOWN) && isAnyListed(duckdb, names);
    }

    /** The listing of all functions would take DuckDB some fifty times as long as to look up these. */
    private static Set<Found> found(Connection duckdb, Set<String> names) throws SQLException {
        // It binds, and gives an error as an answer: an error of the statement would end the transaction.
        String sql = names.stream()
                .map(name -> "system.main.json_serialize_plan("
                        + Identifiers.literal("SELECT " + Identifiers.duckdb(name) + CALL) + ")::VARCHAR")
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (Statement statement = duckdb.createStatement();
                ResultSet answers = statement.executeQuery(sql)) {
            answers.next();
            Set<Found> found = EnumSet.noneOf(Found.class);
            for (int i = 1; i <= names.size(); i++) {
                List<Node> answer = Node.read(answers.getString(i));
                found.add(answer.size() == 1 ? found(answer.get(0)) : Found.UNKNOWN);
            }
            return found;
        }
    }

    private static Found found(Node answer) {
        if (!answer.flag("error")) {
            // Only what takes any number of anything takes this call.
            return Found.REDEFINED;
        }
        String message = answer.text("error_message");
        if (!message.startsWith(FUNCTION_FOUND)) {
            return Found.UNKNOWN;
        }
        return NAMELESS.matcher(message).find() ? Found.REDEFINED : Found.OWN;
    }

    private static boolean isAnyListed(Connection duckdb, Set<String> names) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet functions =
                        statement.executeQuery("SELECT function_name FROM duckdb_functions() WHERE NOT internal")) {
            boolean found = false;
            while (functions.next()) {
                found |= names.contains(functions.getString(1).toLowerCase(Locale.ROOT));
            }
            return found;
        }
    }
}
