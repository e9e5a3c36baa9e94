package dev.tidegate.jdbc.sql;

import java.util.Locale;
import java.util.Set;

/** What a statement is by its first word: enough to know whether an identity value can come of it. */
public enum StatementKind {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    OTHER;

    private static final Set<String> MAY_WRITE = Set.of(
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "INTO",
            "EXEC",
            "EXECUTE",
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "BULK",
            "GRANT",
            "REVOKE",
            "DENY",
            "SET",
            "DECLARE",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVE",
            "PRINT",
            "RAISERROR",
            "THROW",
            "WAITFOR",
            "IF",
            "WHILE",
            "USE",
            "DBCC",
            "KILL",
            "BACKUP",
            "RESTORE",
            "NEXT",
            "RECEIVE",
            "SEND",
            "OPENQUERY",
            "OPENROWSET",
            "OPENDATASOURCE",
            "OPEN",
            "CLOSE",
            "DEALLOCATE",
            "CHECKPOINT",
            "RECONFIGURE",
            "REVERT",
            "SHUTDOWN",
            "WRITETEXT",
            "UPDATETEXT");

    /** A SELECT behind one of these belongs to the query before. */
    private static final Set<String> JOINS_QUERIES = Set.of("UNION", "ALL", "EXCEPT", "INTERSECT");

    /** Looks past comments, semicolons and opening parentheses; a WITH clause is skipped to the statement that it belongs to. */
    public static StatementKind of(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        int depth = 0;
        boolean with = false;
        while (lexer.nextCode()) {
            if (lexer.isSymbol('(')) {
                depth++;
            } else if (lexer.isSymbol(')')) {
                depth--;
            } else if (lexer.kind() == SqlLexer.Kind.WORD && (depth == 0 || !with)) {
                StatementKind kind = ofWord(lexer.text());
                if (kind != OTHER || !with && !lexer.isWord("WITH")) {
                    return kind;
                }
                with = true;
            }
        }
        return OTHER;
    }

    /**
     * True for a single query that changes nothing, as far as its words tell: it may be stopped half-way without losing anything. A false
     * answer is always safe.
     */
    public static boolean onlyReads(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        int depth = 0;
        int queries = 0;
        boolean ended = false;
        String before = "";
        while (lexer.nextCode()) {
            if (ended && !lexer.isSymbol(';')) {
                return false;
            }
            ended = lexer.isSymbol(';') && !before.isEmpty();
            if (lexer.isSymbol('(')) {
                depth++;
            } else if (lexer.isSymbol(')')) {
                depth--;
            } else if (lexer.kind() == SqlLexer.Kind.WORD) {
                String word = lexer.text().toUpperCase(Locale.ROOT);
                boolean first = before.isEmpty();
                if (MAY_WRITE.contains(word) || first && !word.equals("SELECT") && !word.equals("WITH")) {
                    return false;
                }
                if (word.equals("SELECT") && depth == 0 && !JOINS_QUERIES.contains(before)) {
                    queries++;
                }
                before = word;
            }
        }
        return queries == 1;
    }

    private static StatementKind ofWord(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "SELECT" -> SELECT;
            case "INSERT" -> INSERT;
            case "UPDATE" -> UPDATE;
            case "DELETE" -> DELETE;
            case "MERGE" -> MERGE;
            default -> OTHER;
        };
    }
}
