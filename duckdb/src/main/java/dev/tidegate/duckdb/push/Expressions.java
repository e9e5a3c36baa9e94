package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.ast.SqlParser;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parse trees of single expressions. Used by the connection's thread. */
final class Expressions {
    private final SqlParser parser;

    Expressions(Connection duckdb) {
        this.parser = new SqlParser(duckdb);
    }

    Node of(String text) throws SQLException, Untranslatable {
        List<Node> nodes = parser.expressions(text);
        if (nodes.size() != 1) {
            throw new Untranslatable("an expression that does not stand for itself");
        }
        return nodes.get(0);
    }

    /** @param text null for none */
    Node orNull(String text) throws SQLException, Untranslatable {
        return text == null ? null : of(text);
    }

    /** @param texts by column; null for none */
    Map<String, Node> orNull(Map<String, String> texts) throws SQLException, Untranslatable {
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            nodes.put(text.getKey(), orNull(text.getValue()));
        }
        return nodes;
    }
}
