package dev.tidegate.tds.message;

import dev.tidegate.tds.type.TypeInfo;

/**
 * One parameter of a call ([MS-TDS] 2.2.6.6).
 *
 * @param name with its at sign; empty if given by position
 * @param status the bits below
 * @param value in the Java form that {@code dev.tidegate.tds.type.ValueCodec} documents, null for NULL; for a table-valued parameter a
 *     {@link TableValue}
 */
public record RpcParameter(String name, int status, TypeInfo type, Object value) {
    /** The value is returned: an output parameter. */
    public static final int BY_REFERENCE = 0x01;
    /** The procedure's default is used; the value is NULL. */
    public static final int DEFAULT_VALUE = 0x02;
    /** The value is encrypted (Always Encrypted): refused here. */
    public static final int ENCRYPTED = 0x08;

    /** The longest name that SQL Server takes, in UTF-16 code units, at sign included. */
    public static final int MAX_NAME = 128;

    public static RpcParameter in(String name, TypeInfo type, Object value) {
        return new RpcParameter(name, 0, type, value);
    }

    public static RpcParameter out(String name, TypeInfo type, Object value) {
        return new RpcParameter(name, BY_REFERENCE, type, value);
    }

    public boolean isOutput() {
        return (status & BY_REFERENCE) != 0;
    }

    public boolean isDefault() {
        return (status & DEFAULT_VALUE) != 0;
    }

    /** Without the value, which may be a secret: this text goes into logs and exceptions. */
    @Override
    public String toString() {
        return "RpcParameter[" + name + " " + type.type().sqlName() + (isOutput() ? " output" : "") + "]";
    }
}
