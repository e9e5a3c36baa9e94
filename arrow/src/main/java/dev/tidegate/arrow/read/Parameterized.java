package dev.tidegate.arrow.read;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs T-SQL with parameters, by sp_executesql. */
public final class Parameterized {
    private static final Pattern NAME = Pattern.compile("@[\\p{L}\\p{N}_@#$]+");

    private Parameterized() {}

    /**
     * @param params named as in the text; one without a name is {@code @p1}, {@code @p2}, … by its place. Without any the text runs as a batch
     * @throws IllegalArgumentException for a name that is none
     */
    public static Response run(TdsConnection connection, String sql, List<Parameter> params, RequestOptions options)
            throws SQLException {
        return params.isEmpty() ? connection.execute(sql, options) : connection.call(call(sql, params), options);
    }

    private static ProcedureCall call(String sql, List<Parameter> params) {
        List<Parameter> named = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            Parameter param = params.get(i);
            String name = param.name().isEmpty() ? "@p" + (i + 1) : param.name();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is not the name of a parameter, such as @id");
            }
            named.add(new Parameter(name, param.type(), param.value(), param.output(), param.byDefault()));
        }
        return ProcedureCall.executeSql(sql, named);
    }
}
