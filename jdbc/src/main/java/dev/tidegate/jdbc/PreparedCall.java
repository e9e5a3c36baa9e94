package dev.tidegate.jdbc;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.StatementHandles;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.sql.MarkedSql;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a text with parameters to a call of the server's: {@code sp_executesql} at first, {@code sp_prepexec} from the second use
 * on, and then {@code sp_execute} with the handle that it gave. The handle belongs to the connection's {@link StatementHandles}, where
 * other statements of the same text and parameter types find it too. Used by one thread at a time.
 */
final class PreparedCall {
    private static final int SHORT_CHARS = 4000;

    private final StatementHandles handles;
    private final String text;
    private final Collation collation;
    /** Types of the call that was made last. */
    private String types = "";

    /** Of the values whose types were declared last, and how: a statement mostly gets the same types again. */
    private TypeInfo[] declaredTypes = {};

    private String lastDeclared = "";

    private int usedHandle = StatementHandles.DIRECTLY;
    private boolean preparing;

    PreparedCall(StatementHandles handles, String text, Collation collation) {
        this.handles = handles;
        this.text = text;
        this.collation = collation;
    }

    String text() {
        return text;
    }

    /** The next call, and with it a step towards a handle; to be asked when the call goes out. */
    ProcedureCall next(List<Binding> values) {
        types = declarations(values);
        // A handle that the server has lost would ask for the values of streams a second time.
        boolean once = anyStream(values);
        int way = once ? StatementHandles.DIRECTLY : handles.use(this, text, types);
        usedHandle = Math.max(StatementHandles.DIRECTLY, way);
        preparing = way == StatementHandles.PREPARE;
        if (preparing) {
            return preparing(values, types);
        }
        return usedHandle == StatementHandles.DIRECTLY ? directly(values, types) : byHandle(usedHandle, values);
    }

    /** Runs the statement and asks for a handle, unless the server has refused one. */
    ProcedureCall prepare(List<Binding> values) {
        types = declarations(values);
        usedHandle = StatementHandles.DIRECTLY;
        preparing = handles.ask(this, text, types);
        return preparing ? preparing(values, types) : directly(values, types);
    }

    /** Calls for the rows of a batch: none of them may wait for a handle that an earlier one brings. */
    List<ProcedureCall> forBatch(List<List<Binding>> rows) {
        preparing = false;
        List<ProcedureCall> calls = new ArrayList<>(rows.size());
        for (List<Binding> row : rows) {
            String declared = declarations(row);
            int handle = anyStream(row) ? StatementHandles.DIRECTLY : handles.handle(this, text, declared);
            calls.add(handle == StatementHandles.DIRECTLY ? directly(row, declared) : byHandle(handle, row));
        }
        return calls;
    }

    /** Whether the call made last asked for a handle, which comes back as its first output value. */
    boolean isPreparing() {
        return preparing;
    }

    void prepared(int handle) {
        preparing = false;
        handles.prepared(this, text, types, handle);
    }

    boolean hasHandle(List<Binding> values) {
        return handles.handle(this, text, declarations(values)) != StatementHandles.DIRECTLY;
    }

    /** The handle that the call made last went by; {@link StatementHandles#DIRECTLY} if by none. */
    int usedHandle() {
        return usedHandle;
    }

    /** The server knows the handle no more; the next call starts anew. */
    void forget() {
        handles.lost(this, text, types);
    }

    /** The statement is closed. */
    void release() {
        handles.closed(this);
    }

    private ProcedureCall directly(List<Binding> values, String declared) {
        List<Parameter> parameters = new ArrayList<>(values.size() + 2);
        parameters.add(Parameter.in(textType(text), text));
        if (!values.isEmpty()) {
            parameters.add(Parameter.in(textType(declared), declared));
        }
        addNamed(parameters, values);
        return ProcedureCall.byId(ProcedureCall.SP_EXECUTESQL, parameters);
    }

    private ProcedureCall preparing(List<Binding> values, String declared) {
        List<Parameter> parameters = new ArrayList<>(values.size() + 3);
        parameters.add(Parameter.out("", TypeInfo.integer()));
        parameters.add(Parameter.in(textType(declared), declared));
        parameters.add(Parameter.in(textType(text), text));
        addUnnamed(parameters, values);
        return ProcedureCall.byId(ProcedureCall.SP_PREPEXEC, parameters);
    }

    private static ProcedureCall byHandle(int handle, List<Binding> values) {
        Parameter[] parameters = new Parameter[values.size() + 1];
        parameters[0] = Parameter.in(TypeInfo.integer(), handle);
        for (int i = 0; i < values.size(); i++) {
            Binding binding = values.get(i);
            parameters[i + 1] = Parameter.in(binding.type(), binding.value());
        }
        return ProcedureCall.byId(ProcedureCall.SP_EXECUTE, List.of(parameters));
    }

    private static boolean anyStream(List<Binding> values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isStream()) {
                return true;
            }
        }
        return false;
    }

    private static void addNamed(List<Parameter> parameters, List<Binding> values) {
        for (int i = 0; i < values.size(); i++) {
            Binding binding = values.get(i);
            parameters.add(Parameter.in(MarkedSql.nameOf(i), binding.type(), binding.value()));
        }
    }

    private static void addUnnamed(List<Parameter> parameters, List<Binding> values) {
        for (Binding binding : values) {
            parameters.add(Parameter.in(binding.type(), binding.value()));
        }
    }

    private TypeInfo textType(String value) {
        return TypeInfo.nvarchar(value.length() <= SHORT_CHARS ? SHORT_CHARS : TypeInfo.PLP, collation);
    }

    private String declarations(List<Binding> values) {
        if (!areDeclared(values)) {
            lastDeclared = declare(values);
            declaredTypes = values.stream().map(Binding::type).toArray(TypeInfo[]::new);
        }
        return lastDeclared;
    }

    private boolean areDeclared(List<Binding> values) {
        boolean same = declaredTypes.length == values.size();
        for (int i = 0; same && i < declaredTypes.length; i++) {
            same = declaredTypes[i].equals(values.get(i).type());
        }
        return same;
    }

    private static String declare(List<Binding> values) {
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            types.append(i == 0 ? "" : ",")
                    .append(MarkedSql.nameOf(i))
                    .append(' ')
                    .append(values.get(i).declaration());
        }
        return types.toString();
    }
}
