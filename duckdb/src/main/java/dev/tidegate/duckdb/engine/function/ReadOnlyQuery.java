package dev.tidegate.duckdb.engine.function;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * Whether T-SQL is one query that changes nothing. A transaction that is rolled back would not do: the text could end it. So what is not
 * plainly a query is refused, also where it would change nothing. T-SQL needs nothing between two statements, but each one that changes
 * something begins with a reserved word, or has to stand behind a semicolon.
 */
final class ReadOnlyQuery {
    private static final Set<String> REFUSED = Set.of(
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "TRUNCATE",
            "INTO",
            "BULK",
            "WRITETEXT",
            "UPDATETEXT",
            "EXEC",
            "EXECUTE",
            "CREATE",
            "ALTER",
            "DROP",
            "GRANT",
            "REVOKE",
            "DENY",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVE",
            "SET",
            "DECLARE",
            "USE",
            "IF",
            "WHILE",
            "GOTO",
            "RETURN",
            "WAITFOR",
            "PRINT",
            "RAISERROR",
            "KILL",
            "SHUTDOWN",
            "RECONFIGURE",
            "BACKUP",
            "RESTORE",
            "DUMP",
            "LOAD",
            "DBCC",
            "CHECKPOINT",
            "OPEN",
            "CLOSE",
            "DEALLOCATE",
            "SETUSER",
            "REVERT",
            "TRIGGER",
            "OPENQUERY",
            "OPENROWSET",
            "OPENDATASOURCE");

    private final String sql;
    private int at;
    private String before = "";
    private boolean isEnded;

    private ReadOnlyQuery(String sql) {
        this.sql = sql;
    }

    /** @throws SQLException 25006 naming what it has in it that may change something */
    static void check(String sql) throws SQLException {
        new ReadOnlyQuery(sql).check();
    }

    private void check() throws SQLException {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                quoted(c);
            } else if (c == '[') {
                quoted(']');
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                comment();
            } else if (isPartOfName(c)) {
                word();
            } else {
                sign(c);
            }
        }
        if (before.isEmpty()) {
            throw refused("there is no SELECT in it");
        }
    }

    private void quoted(char end) throws SQLException {
        part();
        for (at++; at < sql.length(); at++) {
            if (sql.charAt(at) == end) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != end) {
                    break;
                }
                at++;
            }
        }
        at++;
    }

    /** Servers do not agree on where one ends that has another in it. */
    private void comment() throws SQLException {
        int end = sql.indexOf("*/", at + 2);
        int inner = sql.indexOf("/*", at + 2);
        if (end < 0 || inner >= 0 && inner < end) {
            throw refused("there is a comment in it that has no end, or another comment in it");
        }
        at = end + 2;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '@' || c == '#' || c == '$';
    }

    private void word() throws SQLException {
        int begin = at;
        while (at < sql.length() && isPartOfName(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(begin, at).toUpperCase(Locale.ROOT);
        boolean isFirst = before.isEmpty();
        part();
        if (isFirst && !word.equals("SELECT") && !word.equals("WITH")) {
            throw refused("it begins with " + word);
        }
        if (REFUSED.contains(word) || word.equals("VALUE") && before.equals("NEXT")) {
            throw refused("it has " + word + " in it");
        }
        before = word;
    }

    private void sign(char c) throws SQLException {
        if (c == ';') {
            isEnded = true;
        } else if (!Character.isWhitespace(c) && c != '(') {
            part();
        } else if (c == '(' && isEnded) {
            part();
        }
        at++;
    }

    private void part() throws SQLException {
        if (isEnded) {
            throw refused("there is something behind its semicolon");
        }
    }

    private static SQLException refused(String why) {
        return new SQLException(
                "mssql_query takes one SELECT where the database is attached READ_ONLY, and " + why
                        + "; a name that reads like a statement stands in square brackets",
                "25006");
    }
}
