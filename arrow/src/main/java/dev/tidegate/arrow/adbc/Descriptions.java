package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.ReadMapping;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Rows;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** What the server says of a statement that has not run. */
final class Descriptions {
    /** Places in a row of {@code sp_describe_first_result_set}. */
    private static final int IS_HIDDEN = 0;

    private static final int NAME = 2;
    private static final int IS_NULLABLE = 3;
    private static final int TYPE = 5;
    private static final int IS_IDENTITY = 27;
    private static final int IS_UPDATEABLE = 29;

    /** Places in a row of {@code sp_describe_undeclared_parameters}. */
    private static final int PARAMETER_NAME = 1;

    private static final int SUGGESTED_TYPE = 3;

    private final TdsConnection client;
    private final Collation collation;

    Descriptions(TdsConnection client) {
        this.client = client;
        this.collation = Objects.requireNonNullElse(client.collation(), Collation.DEFAULT);
    }

    /**
     * The schema that the rows of a statement will have.
     *
     * @param parameters with the types that will be sent; without any, the server's suggestions are taken
     * @throws SQLSyntaxErrorException if the statement gives no rows
     */
    Schema rows(String sql, List<Parameter> parameters) throws SQLException {
        List<Column> declared = parameters.isEmpty() ? undeclared(sql) : columns(parameters);
        String declarations = declared.stream()
                .map(each -> each.name() + " " + each.type().toSql())
                .collect(Collectors.joining(", "));
        List<Column> columns = new ArrayList<>();
        for (Object[] row : ask("sp_describe_first_result_set", sql, declarations)) {
            if (!isTrue(row[IS_HIDDEN])) {
                columns.add(column(row));
            }
        }
        if (columns.isEmpty()) {
            throw new SQLSyntaxErrorException("the statement gives no rows; it has to be a query", "42000");
        }
        return new ReadMapping(ArrowReadOptions.DEFAULTS).schema(columns);
    }

    /** A field for each parameter that the text has and does not declare, of the type that the server suggests. */
    Schema parameters(String sql) throws SQLException {
        return new ReadMapping(ArrowReadOptions.DEFAULTS).schema(undeclared(sql));
    }

    private static List<Column> columns(List<Parameter> parameters) {
        List<Column> columns = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String name = parameter.name().isEmpty() ? "@p" + (columns.size() + 1) : parameter.name();
            columns.add(new Column(name, parameter.type(), Column.NULLABLE));
        }
        return columns;
    }

    private List<Column> undeclared(String sql) throws SQLException {
        // No other statement has a parameter, and the server refuses some of these.
        if (sql.indexOf('@') < 0) {
            return List.of();
        }
        List<Column> columns = new ArrayList<>();
        for (Object[] row : ask("sp_describe_undeclared_parameters", sql)) {
            columns.add(new Column(
                    (String) row[PARAMETER_NAME], type(row[PARAMETER_NAME], row[SUGGESTED_TYPE]), Column.NULLABLE));
        }
        return columns;
    }

    private Column column(Object[] row) throws SQLException {
        int flags = isTrue(row[IS_NULLABLE]) ? Column.NULLABLE : 0;
        flags |= isTrue(row[IS_IDENTITY]) ? Column.IDENTITY : 0;
        flags |= isTrue(row[IS_UPDATEABLE]) ? Column.UPDATEABLE : 0;
        return new Column(row[NAME] == null ? "" : (String) row[NAME], type(row[NAME], row[TYPE]), flags);
    }

    /** A CLR type has no name here, and comes as its bytes. */
    private TypeInfo type(Object of, Object name) throws SQLException {
        try {
            return name == null ? TypeInfo.varbinary(TypeInfo.PLP) : TypeInfo.ofSql((String) name, collation);
        } catch (IllegalArgumentException e) {
            throw new SQLSyntaxErrorException(of + " has type " + name + ", which is not known", "42704", e);
        }
    }

    private List<Object[]> ask(String procedure, String... texts) throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        for (String text : texts) {
            parameters.add(Parameter.in(TypeInfo.nvarchar(TypeInfo.PLP, collation), text));
        }
        return Rows.of(client.call(ProcedureCall.named(procedure, parameters), RequestOptions.DEFAULTS));
    }

    private static boolean isTrue(Object value) {
        return value instanceof Boolean flag ? flag : value instanceof Number number && number.intValue() != 0;
    }
}
