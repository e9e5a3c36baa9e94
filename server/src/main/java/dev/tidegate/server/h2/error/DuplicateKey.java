package dev.tidegate.server.h2.error;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.model.H2ColumnTypes;
import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.SqlVariant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.schema.Schema;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.value.Value;

/**
 * The values of a key that is there already. H2 tells them as literals of its own, so it is asked once more what these mean. Used once.
 */
final class DuplicateKey {
    /** A column of an index, with its direction behind. */
    private static final Pattern COLUMN = Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^\\s,]+)[^,]*(?:, *|$)");

    /** How H2 writes an empty text, and does not read it. */
    private static final String EMPTY = "CAST('' AS VARCHAR_IGNORECASE(0))";

    private static final SqlType TEXT = SqlType.nvarchar(SqlType.MAX);

    private final Connection connection;
    private final String schema;
    private final String table;

    /** @param connection null if there is none any more */
    DuplicateKey(Connection connection, String schema, String table) {
        this.connection = connection;
        this.schema = schema;
        this.table = table;
    }

    /**
     * The values as SQL Server shows them: bare, and NULL as {@code <NULL>}.
     *
     * @param columns of the key, as H2 lists them
     * @param literals of the key, and of what stands behind it in an index
     * @param wholeRow whether the literals are those of all columns of the table
     */
    String shown(String columns, String literals, boolean wholeRow) {
        try {
            List<Column> key = columns(columns);
            Value[] values = values(literals);
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < key.size(); i++) {
                SqlType type = H2ColumnTypes.declaration(key.get(i)).type();
                int at = wholeRow ? key.get(i).getColumnId() : i;
                shown.add(shown(JavaForm.of(values[at], type), type));
            }
            return String.join(", ", shown);
        } catch (SQLException | SqlServerException | DbException lookUpFailed) {
            // The error at hand is worth more than its details.
            return literals;
        }
    }

    private static String shown(Object value, SqlType type) throws SqlServerException {
        return switch (value) {
            case null -> "<NULL>";
            case SqlVariant variant -> shown(variant.value(), SqlType.of(variant.type()));
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case UUID uuid -> uuid.toString();
            default -> (String) Conversion.convert(value, type, TEXT, 0);
        };
    }

    private List<Column> columns(String names) throws SQLException {
        if (connection == null) {
            throw new SQLException("there is no connection to ask");
        }
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        Schema home = session.getDatabase().getSchema(schema);
        Table found = home.getTableOrView(session, table);
        List<Column> columns = new ArrayList<>();
        Matcher name = COLUMN.matcher(names);
        while (name.find()) {
            columns.add(found.getColumn(ConstraintErrors.unquoted(name.group(1))));
        }
        return columns;
    }

    private Value[] values(String literals) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + literals.replace(EMPTY, "''"))) {
            row.next();
            return row.unwrap(JdbcResultSet.class).getResult().currentRow();
        }
    }
}
