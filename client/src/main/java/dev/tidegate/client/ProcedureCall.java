package dev.tidegate.client;

import dev.tidegate.tds.message.ProcedureIds;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The call of a stored procedure by name or by one of the numbers that the protocol has for the system's own ([MS-TDS] 2.2.6.6).
 *
 * @param id 1 to 15, or 0 to call by name
 * @param name as T-SQL would have it, quoted where it needs to be; empty if called by id
 */
public record ProcedureCall(int id, String name, List<Parameter> parameters) {
    public static final int SP_CURSOR = ProcedureIds.SP_CURSOR;
    public static final int SP_CURSOROPEN = ProcedureIds.SP_CURSOROPEN;
    public static final int SP_CURSORPREPARE = ProcedureIds.SP_CURSORPREPARE;
    public static final int SP_CURSOREXECUTE = ProcedureIds.SP_CURSOREXECUTE;
    public static final int SP_CURSORPREPEXEC = ProcedureIds.SP_CURSORPREPEXEC;
    public static final int SP_CURSORUNPREPARE = ProcedureIds.SP_CURSORUNPREPARE;
    public static final int SP_CURSORFETCH = ProcedureIds.SP_CURSORFETCH;
    public static final int SP_CURSOROPTION = ProcedureIds.SP_CURSOROPTION;
    public static final int SP_CURSORCLOSE = ProcedureIds.SP_CURSORCLOSE;
    public static final int SP_EXECUTESQL = ProcedureIds.SP_EXECUTESQL;
    public static final int SP_PREPARE = ProcedureIds.SP_PREPARE;
    public static final int SP_EXECUTE = ProcedureIds.SP_EXECUTE;
    public static final int SP_PREPEXEC = ProcedureIds.SP_PREPEXEC;
    public static final int SP_PREPEXECRPC = ProcedureIds.SP_PREPEXECRPC;
    public static final int SP_UNPREPARE = ProcedureIds.SP_UNPREPARE;

    public ProcedureCall {
        Objects.requireNonNull(name, "name");
        parameters = List.copyOf(parameters);
        if (id < 0 || id > 15 || (id == 0) == name.isEmpty()) {
            throw new IllegalArgumentException(
                    "a call has either a name or an id of 1 to 15, not id " + id + " and name '" + name + "'");
        }
    }

    public static ProcedureCall named(String name, List<Parameter> parameters) {
        return new ProcedureCall(0, name, parameters);
    }

    public static ProcedureCall byId(int id, List<Parameter> parameters) {
        return new ProcedureCall(id, "", parameters);
    }

    /**
     * T-SQL with parameters, by sp_executesql.
     *
     * @param named as in the text, with their at-signs; at least one
     */
    public static ProcedureCall executeSql(String sql, List<Parameter> named) {
        String declarations = named.stream()
                .map(each -> each.name() + " " + each.type().toSql() + (each.output() ? " OUTPUT" : ""))
                .collect(Collectors.joining(","));
        List<Parameter> all = new ArrayList<>();
        all.add(text(sql));
        all.add(text(declarations));
        all.addAll(named);
        return byId(SP_EXECUTESQL, all);
    }

    private static Parameter text(String value) {
        return Parameter.in(TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), value);
    }
}
