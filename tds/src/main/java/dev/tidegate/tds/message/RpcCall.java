package dev.tidegate.tds.message;

import java.util.List;

/**
 * One call of an RPC request ([MS-TDS] 2.2.6.6).
 *
 * @param procedureId see {@link ProcedureIds}; 0 if called by name
 * @param name as sent, possibly with schema and database; null if called by id
 * @param optionFlags the bits below
 * @param execute false if the client wants this call to be read but not run (NoExecFlag)
 */
public record RpcCall(int procedureId, String name, int optionFlags, List<RpcParameter> parameters, boolean execute) {
    public static final int WITH_RECOMPILE = 0x01;
    /** The result's metadata is not wanted: COLMETADATA comes in its empty form. */
    public static final int NO_METADATA = 0x02;
    /** The metadata of the last call is used again. */
    public static final int REUSE_METADATA = 0x04;

    public RpcCall {
        if ((procedureId == 0) == (name == null)) {
            throw new IllegalArgumentException("a call has either a procedure id or a name");
        }
        if (procedureId < 0 || procedureId > 0xFFFF) {
            throw new IllegalArgumentException("a procedure id is 1 to 65535, not " + procedureId);
        }
        parameters = List.copyOf(parameters);
    }

    public RpcCall(int procedureId, String name, int optionFlags, List<RpcParameter> parameters) {
        this(procedureId, name, optionFlags, parameters, true);
    }

    public static RpcCall byId(int procedureId, List<RpcParameter> parameters) {
        return new RpcCall(procedureId, null, 0, parameters);
    }

    public static RpcCall byName(String name, List<RpcParameter> parameters) {
        return new RpcCall(0, name, 0, parameters);
    }

    /** The name, or for a call by id the documented one, or {@code procedure 99} for an id that nobody knows. */
    public String procedureName() {
        if (name != null) {
            return name;
        }
        return ProcedureIds.isKnown(procedureId) ? ProcedureIds.name(procedureId) : "procedure " + procedureId;
    }
}
