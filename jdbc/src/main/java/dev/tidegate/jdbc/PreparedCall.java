package dev.tidegate.jdbc;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.sql.MarkedSql;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a text with parameters to a call of the server's: {@code sp_executesql} at first, {@code sp_prepexec} from the second use
 * on, and then {@code sp_execute} with the handle that it gave, as long as the types stay the same. Used by one thread at a time.
 */
final class PreparedCall {
    private static final int SHORT_CHARS = 4000;
    private static final int NO_HANDLE = 0;

    private final Session session;
    private final String text;
    private final Collation collation;
    private int uses;
    private int handle = NO_HANDLE;
    private String handleTypes = "";
    private boolean preparing;
    private boolean handleRefused;

    PreparedCall(Session session, String text, Collation collation) {
        this.session = session;
        this.text = text;
        this.collation = collation;
    }

    String text() {
        return text;
    }

    /** The next call, and with it a step towards a handle. */
    ProcedureCall next(List<Binding> values) {
        String types = declarations(values);
        if (values.stream().anyMatch(Binding::isStream)) {
            // A handle that the server has lost would ask for the values a second time.
            preparing = false;
            return directly(values, types);
        }
        if (handle != NO_HANDLE && !types.equals(handleTypes)) {
            release();
        }
        uses++;
        if (handle != NO_HANDLE) {
            return byHandle(values);
        }
        if (uses == 1 || handleRefused) {
            return directly(values, types);
        }
        return prepare(values);
    }

    /** Runs the statement and asks for a handle, whatever came before. */
    ProcedureCall prepare(List<Binding> values) {
        preparing = true;
        handleTypes = declarations(values);
        return preparing(values, handleTypes);
    }

    /** Calls for the rows of a batch: none of them may wait for a handle that an earlier one brings. */
    List<ProcedureCall> forBatch(List<List<Binding>> rows) {
        List<ProcedureCall> calls = new ArrayList<>(rows.size());
        for (List<Binding> row : rows) {
            String types = declarations(row);
            boolean usable = handle != NO_HANDLE
                    && types.equals(handleTypes)
                    && row.stream().noneMatch(Binding::isStream);
            calls.add(usable ? byHandle(row) : directly(row, types));
        }
        return calls;
    }

    /** Whether the call made last asked for a handle, which comes back as its first output value. */
    boolean isPreparing() {
        return preparing;
    }

    void prepared(int newHandle) {
        preparing = false;
        handle = newHandle;
    }

    boolean hasHandle() {
        return handle != NO_HANDLE;
    }

    /** The server knows the handle no more; the next call starts anew. */
    void forget() {
        handle = NO_HANDLE;
        preparing = false;
        uses = 0;
    }

    /** The server gave no handle when asked; it is not asked again. */
    void avoidHandle() {
        handleRefused = true;
        preparing = false;
    }

    boolean mayHaveHandle() {
        return !handleRefused;
    }

    /** The handle goes back to the server with one of the next requests. */
    void release() {
        if (handle != NO_HANDLE) {
            session.discard(handle);
            handle = NO_HANDLE;
        }
    }

    private ProcedureCall directly(List<Binding> values, String types) {
        List<Parameter> parameters = new ArrayList<>(values.size() + 2);
        parameters.add(Parameter.in(textType(text), text));
        if (!values.isEmpty()) {
            parameters.add(Parameter.in(textType(types), types));
        }
        addNamed(parameters, values);
        return ProcedureCall.byId(ProcedureCall.SP_EXECUTESQL, parameters);
    }

    private ProcedureCall preparing(List<Binding> values, String types) {
        List<Parameter> parameters = new ArrayList<>(values.size() + 3);
        parameters.add(Parameter.out("", TypeInfo.integer()));
        parameters.add(Parameter.in(textType(types), types));
        parameters.add(Parameter.in(textType(text), text));
        addUnnamed(parameters, values);
        return ProcedureCall.byId(ProcedureCall.SP_PREPEXEC, parameters);
    }

    private ProcedureCall byHandle(List<Binding> values) {
        List<Parameter> parameters = new ArrayList<>(values.size() + 1);
        parameters.add(Parameter.in(TypeInfo.integer(), handle));
        addUnnamed(parameters, values);
        return ProcedureCall.byId(ProcedureCall.SP_EXECUTE, parameters);
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

    private static String declarations(List<Binding> values) {
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
