package dev.tidegate.duckdb.push.ast;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** DuckDB's own parser. It looks nothing up and runs nothing. Used by the connection's thread. */
public final class SqlParser {
    private final Connection duckdb;

    public SqlParser(Connection duckdb) {
        this.duckdb = duckdb;
    }

    /**
     * The parse tree of a SELECT, its statement node.
     *
     * @return empty if the text is not exactly one statement that DuckDB can serialize, which are SELECTs only, or is nested too deeply
     */
    public Optional<Node> select(String sql) throws SQLException {
        try (PreparedStatement statement = duckdb.prepareStatement("SELECT json_serialize_sql(?)::VARCHAR")) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    return Optional.empty();
                }
                Node answer;
                try {
                    answer = Node.read(result.getString(1)).get(0);
                } catch (IllegalArgumentException e) {
                    // Nested deeper than can be walked.
                    return Optional.empty();
                }
                List<Node> statements = answer.children("statements");
                return answer.flag("error") || statements.size() != 1
                        ? Optional.empty()
                        : statements.get(0).child("node");
            }
        }
    }

    /** The parse trees of a list of expressions, as a SELECT has them; empty if the text is anything else. */
    public List<Node> expressions(String list) throws SQLException {
        // A line of its own, so that a comment at the end hides nothing.
        Node node = select("SELECT " + list + "\n").orElse(null);
        if (node == null || !isOnlyAList(node)) {
            return List.of();
        }
        return node.children("select_list");
    }

    private static boolean isOnlyAList(Node node) {
        boolean more = node.has("where_clause")
                || node.has("group_expressions")
                || node.has("having")
                || node.has("qualify")
                || node.has("sample")
                || node.has("modifiers");
        return node.text("type").equals("SELECT_NODE")
                && !more
                && node.child("from_table")
                        .map(from -> from.text("type"))
                        .orElse("")
                        .equals("EMPTY");
    }
}
