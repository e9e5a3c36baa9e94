package dev.tidegate.tds.token;

import dev.tidegate.tds.type.TypeInfo;

/**
 * RETURNVALUE ([MS-TDS] 2.2.7.19): an output parameter, or the value of a function.
 *
 * @param ordinal index of the parameter in the RPC request, from 0
 * @param status 1: output parameter; 2: value of a user-defined function
 * @param value in the Java form that {@code dev.tidegate.tds.type.ValueCodec} documents; null for NULL
 */
public record ReturnValue(int ordinal, String name, int status, int userType, int flags, TypeInfo type, Object value)
        implements Token {}
