package dev.tidegate.client;

import java.util.List;
import java.util.Objects;

/**
 * The call of a stored procedure by name or by one of the numbers that the protocol has for the system's own ([MS-TDS] 2.2.6.6).
 *
 * @param id 1 to 15, or 0 to call by name
 * @param name as T-SQL would have it, quoted where it needs to be; empty if called by id
 */
public record ProcedureCall(int id, String name, List<Parameter> parameters) {
    public static final int SP_CURSOR = 1;
    public static final int SP_CURSOROPEN = 2;
    public static final int SP_CURSORPREPARE = 3;
    public static final int SP_CURSOREXECUTE = 4;
    public static final int SP_CURSORPREPEXEC = 5;
    public static final int SP_CURSORUNPREPARE = 6;
    public static final int SP_CURSORFETCH = 7;
    public static final int SP_CURSOROPTION = 8;
    public static final int SP_CURSORCLOSE = 9;
    public static final int SP_EXECUTESQL = 10;
    public static final int SP_PREPARE = 11;
    public static final int SP_EXECUTE = 12;
    public static final int SP_PREPEXEC = 13;
    public static final int SP_PREPEXECRPC = 14;
    public static final int SP_UNPREPARE = 15;

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
}
