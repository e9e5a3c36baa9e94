package dev.tidegate.server.h2.error;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import dev.tidegate.server.tsql.translate.IndexName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;

/** Violations of keys (2601, 2627) and of CHECK, FOREIGN KEY and REFERENCE constraints (547). */
final class ConstraintErrors {
    private static final String NAME = "((?:\"[^\"]*\"|[^\\s.(])+)";

    /** For instance {@code dbo.UQ_code INDEX dbo.UQ_code_INDEX_7 ON dbo.p(code NULLS FIRST) VALUES ( /* 1 *}{@code / 'a' )}. */
    private static final Pattern KEY = Pattern.compile(
            "(?s)^" + NAME + "\\." + NAME + "(.*?) ON " + NAME + "\\." + NAME + "\\((.*?)\\)(?: VALUES)? \\((.*)\\)$");

    /** For instance {@code FK_c: dbo.c FOREIGN KEY(p) REFERENCES dbo.p(id) (77)}. */
    private static final Pattern FOREIGN_KEY = Pattern.compile("^\"?(.+?)\"?: " + NAME + "\\." + NAME
            + " FOREIGN KEY\\((.*?)\\) REFERENCES " + NAME + "\\." + NAME + "\\((.*?)\\).*$");

    private ConstraintErrors() {}

    static ServerError map(int code, H2Message message, FailedStatement context) {
        String detail = message.parameter(0);
        return switch (code) {
            case ErrorCode.DUPLICATE_KEY_1 -> duplicateKey(detail, context);
            case ErrorCode.CHECK_CONSTRAINT_VIOLATED_1 -> check(detail, context);
            default -> foreignKey(detail, code == ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1, context);
        };
    }

    private static ServerError duplicateKey(String detail, FailedStatement context) {
        if (detail.startsWith("Merge using ON")) {
            return KnownError.MERGE_TWICE.with();
        }
        Matcher key = KEY.matcher(detail);
        if (!key.matches()) {
            return KnownError.DUPLICATE_KEY.with("UNIQUE KEY", detail, context.target(), "()");
        }
        String name = IndexName.shown(unquoted(key.group(2)));
        String table = unquoted(key.group(4)) + "." + unquoted(key.group(5));
        boolean primary = key.group(3).contains("PRIMARY KEY");
        // of its own primary key H2 tells the whole row
        String values = "(" + new DuplicateKey(context.connection(), unquoted(key.group(4)), unquoted(key.group(5)))
                .shown(key.group(6), key.group(7), primary) + ")";
        if (context.verb().equals("CREATE INDEX")) {
            return KnownError.DUPLICATE_FOR_NEW_INDEX.with(table, name, values);
        }
        String kind = primary ? "PRIMARY KEY" : constraintKind(context.connection(), key);
        return kind.isEmpty()
                ? KnownError.DUPLICATE_KEY_INDEX.with(table, name, values)
                : KnownError.DUPLICATE_KEY.with(kind, name, table, values);
    }

    /** PRIMARY KEY or UNIQUE KEY; empty for an index of its own, of which H2 says the bare name. */
    private static String constraintKind(Connection connection, Matcher key) {
        Optional<String> kind = lookUp(
                connection,
                "SELECT CONSTRAINT_TYPE FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?"
                        + " AND CONSTRAINT_NAME = ? AND CONSTRAINT_TYPE IN ('UNIQUE', 'PRIMARY KEY')",
                unquoted(key.group(1)),
                unquoted(key.group(2)));
        String otherwise = key.group(3).startsWith(" INDEX ") ? "UNIQUE KEY" : "";
        return kind.map(k -> k.equals("UNIQUE") ? "UNIQUE KEY" : k).orElse(otherwise);
    }

    private static ServerError check(String detail, FailedStatement context) {
        // for rows that were there before the constraint H2 says its name only
        int end = detail.indexOf(':');
        String inH2 = unquoted(end < 0 ? detail : detail.substring(0, end));
        String name = IndexName.shown(inH2);
        String column = lookUp(
                        context.connection(),
                        "SELECT MIN(COLUMN_NAME) FROM INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE WHERE CONSTRAINT_NAME"
                                + " = ? HAVING COUNT(*) = 1",
                        inH2)
                .map(c -> ", column '" + c + "'")
                .orElse("");
        String table = lookUp(
                        context.connection(),
                        "SELECT TABLE_SCHEMA || '.' || TABLE_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE"
                                + " CONSTRAINT_NAME = ?",
                        inH2)
                .orElse(context.target());
        return KnownError.CONSTRAINT_CONFLICT.with(verb(context), "CHECK", name, context.database(), table, column);
    }

    private static ServerError foreignKey(String detail, boolean parentMissing, FailedStatement context) {
        Matcher key = FOREIGN_KEY.matcher(detail);
        if (!key.matches()) {
            return KnownError.CONSTRAINT_CONFLICT.with(
                    verb(context), "FOREIGN KEY", detail, context.database(), context.target(), "");
        }
        // SQL Server names the other side: the referenced table when the parent is missing, the referencing one when a
        // child is left.
        int side = parentMissing ? 5 : 2;
        String columns = key.group(parentMissing ? 7 : 4);
        return KnownError.CONSTRAINT_CONFLICT.with(
                verb(context),
                parentMissing ? "FOREIGN KEY" : "REFERENCE",
                unquoted(key.group(1)),
                context.database(),
                unquoted(key.group(side)) + "." + unquoted(key.group(side + 1)),
                columns.contains(",") ? "" : ", column '" + unquoted(columns) + "'");
    }

    private static String verb(FailedStatement context) {
        return context.verb().startsWith("ALTER")
                ? "ALTER TABLE"
                : context.verb().isEmpty() ? "INSERT" : context.verb();
    }

    private static Optional<String> lookUp(Connection connection, String sql, String... parameters) {
        if (connection == null) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException lookUpFailed) {
            // The error at hand is worth more than its details.
            return Optional.empty();
        }
    }

    static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
