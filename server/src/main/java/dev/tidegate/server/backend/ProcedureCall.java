package dev.tidegate.server.backend;

import dev.tidegate.tds.type.TypeInfo;
import java.util.List;

/**
 * A call that came as an RPC request.
 *
 * @param name as sent, possibly with schema and database; for calls by id the documented name, for instance {@code sp_executesql}
 */
public record ProcedureCall(String name, List<Parameter> parameters) {
    /**
     * @param name with its at sign, or empty if given by position
     * @param value in the Java form that {@code dev.tidegate.tds.type.ValueCodec} documents; null for NULL
     */
    public record Parameter(String name, boolean output, boolean useDefault, TypeInfo type, Object value) {}
}
