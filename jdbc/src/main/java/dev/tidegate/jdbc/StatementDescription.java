package dev.tidegate.jdbc;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.sql.MarkedSql;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the server says of a statement that has not run: {@code sp_describe_first_result_set} and its counterpart for parameters. */
final class StatementDescription {
    private StatementDescription() {}

    /** Null if the statement returns no rows. */
    static TidegateResultSetMetaData result(Session session, String text, List<Binding> values, Collation collation)
            throws SQLException {
        StringBuilder declared = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            declared.append(i == 0 ? "" : ",")
                    .append(MarkedSql.nameOf(i))
                    .append(' ')
                    .append(values.get(i).declaration());
        }
        Lookup answer = ask(session, collation, "sp_describe_first_result_set", text, declared.toString());
        List<Column> columns = new ArrayList<>();
        for (Object[] row : answer.rows()) {
            if (!isTrue(answer.value(row, "is_hidden"))) {
                columns.add(column(answer, row, collation));
            }
        }
        return columns.isEmpty() ? null : new TidegateResultSetMetaData(columns);
    }

    static TidegateParameterMetaData parameters(Session session, String text, int count, Collation collation)
            throws SQLException {
        TypeInfo[] types = new TypeInfo[count];
        if (count > 0) {
            Lookup answer = ask(session, collation, "sp_describe_undeclared_parameters", text);
            for (Object[] row : answer.rows()) {
                int ordinal = ((Number) answer.value(row, "parameter_ordinal")).intValue();
                if (ordinal >= 1 && ordinal <= count) {
                    types[ordinal - 1] =
                            TypeInfo.ofSql((String) answer.value(row, "suggested_system_type_name"), collation);
                }
            }
        }
        return new TidegateParameterMetaData(types);
    }

    private static Lookup ask(Session session, Collation collation, String procedure, String... texts)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        for (String text : texts) {
            parameters.add(Parameter.in(TypeInfo.nvarchar(TypeInfo.PLP, collation), text));
        }
        ProcedureCall call = ProcedureCall.named(procedure, parameters);
        return Lookup.of(session, (client, options) -> client.call(call, options));
    }

    private static Column column(Lookup answer, Object[] row, Collation collation) {
        int flags = isTrue(answer.value(row, "is_nullable")) ? Column.NULLABLE : 0;
        flags |= isTrue(answer.value(row, "is_identity_column")) ? Column.IDENTITY : 0;
        flags |= isTrue(answer.value(row, "is_updateable")) ? Column.UPDATEABLE : 0;
        Object name = answer.value(row, "name");
        TypeInfo type = TypeInfo.ofSql((String) answer.value(row, "system_type_name"), collation);
        return new Column(name == null ? "" : (String) name, type, flags);
    }

    private static boolean isTrue(Object value) {
        return value instanceof Boolean flag ? flag : value instanceof Number number && number.intValue() != 0;
    }
}
