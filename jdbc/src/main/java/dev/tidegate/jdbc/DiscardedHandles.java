package dev.tidegate.jdbc;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Handles of prepared statements that nobody uses any more. They are given back several at a time, so that closing a statement costs no
 * round trip and the server never holds more than {@link #MANY} of them in vain. Thread-safe.
 */
final class DiscardedHandles {
    static final int MANY = 10;

    private static final ProcedureCall[] NONE = {};

    private final List<Integer> handles = new ArrayList<>();

    synchronized void add(int handle) {
        handles.add(handle);
    }

    /** Calls that give all of them back, once there are many; else none. */
    synchronized ProcedureCall[] takeIfMany() {
        if (handles.size() < MANY) {
            return NONE;
        }
        ProcedureCall[] calls = new ProcedureCall[handles.size()];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = ProcedureCall.byId(
                    ProcedureCall.SP_UNPREPARE, List.of(Parameter.in(TypeInfo.integer(), handles.get(i))));
        }
        handles.clear();
        return calls;
    }
}
