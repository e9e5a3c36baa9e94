package dev.tidegate.client;

import dev.tidegate.tds.type.TypeInfo;
import java.util.Objects;

/**
 * One parameter of a {@link ProcedureCall}.
 *
 * @param name with the at-sign, or empty to go by position
 * @param type the type that the value is sent as
 * @param value in the Java form of {@code dev.tidegate.tds.type.ValueCodec}; null for NULL
 * @param output whether the server sends its value back as an {@link Item.OutputValue}
 * @param byDefault the procedure's own default is to be used instead of {@code value}
 */
public record Parameter(String name, TypeInfo type, Object value, boolean output, boolean byDefault) {
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    public static Parameter in(TypeInfo type, Object value) {
        return new Parameter("", type, value, false, false);
    }

    public static Parameter in(String name, TypeInfo type, Object value) {
        return new Parameter(name, type, value, false, false);
    }

    public static Parameter out(String name, TypeInfo type) {
        return new Parameter(name, type, null, true, false);
    }

    public static Parameter inOut(String name, TypeInfo type, Object value) {
        return new Parameter(name, type, value, true, false);
    }

    /** The value stays out of messages and logs. */
    @Override
    public String toString() {
        return "Parameter[" + name + " " + type.type().sqlName() + (output ? " output" : "") + "]";
    }
}
