package dev.tidegate.tds.type;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.TypeInfo.SchemaName;
import java.io.IOException;

/**
 * Reads and writes TYPE_INFO ([MS-TDS] 2.2.5.6). A CLR type is described at more length by a server than by a client (2.2.5.5.2), so
 * what stands in an RPC request has methods of its own.
 */
public final class TypeInfoCodec {
    /** Declared length of a (max) type. */
    static final int PLP_MARK = 0xFFFF;

    private static final int MAX_VARIANT_LENGTH = 0xFFFF;

    private TypeInfoCodec() {}

    /** What a server sends: in COLMETADATA, RETURNVALUE and, by a client, in a bulk load. */
    public static TypeInfo read(TdsReader in, TdsVersion version) throws IOException {
        return read(in, false);
    }

    /** What a client sends with an RPC parameter. */
    public static TypeInfo readInRequest(TdsReader in, TdsVersion version) throws IOException {
        return read(in, true);
    }

    /** @throws IllegalArgumentException if the type does not exist in {@code version}; see {@link TypeInfo#forVersion} */
    public static void write(TdsWriter out, TypeInfo type, TdsVersion version) throws IOException {
        write(out, type, version, false);
    }

    /** As {@link #write}, for an RPC parameter. */
    public static void writeInRequest(TdsWriter out, TypeInfo type, TdsVersion version) throws IOException {
        write(out, type, version, true);
    }

    private static TypeInfo read(TdsReader in, boolean request) throws IOException {
        long position = in.position();
        int code = in.readUnsignedByte();
        DataType type = DataType.ofCode(code)
                .orElseThrow(
                        () -> new TdsProtocolException("unknown type token 0x" + Integer.toHexString(code), position));
        TypeInfo info = switch (type.layout()) {
            case FIXED -> TypeInfo.of(type);
            case BYTE_LENGTH -> readByteLength(in, type);
            case SHORT_LENGTH -> readShortLength(in, type);
            case LONG_LENGTH -> readLongLength(in, type);
            case PLP -> readPlp(in, type, request);
            case TABLE -> new TypeInfo(type, 0, 0, 0, null, readName(in, "a table type's name", false));
        };
        try {
            info.sqlType();
        } catch (IllegalArgumentException e) {
            throw new TdsProtocolException(e.getMessage(), position);
        }
        return info;
    }

    private static TypeInfo readByteLength(TdsReader in, DataType type) throws IOException {
        switch (type) {
            case DATEN:
                return TypeInfo.date();
            case TIMEN:
            case DATETIME2N:
            case DATETIMEOFFSETN:
                return temporal(type, checked(in, in.readUnsignedByte(), 7, "scale of " + type.sqlName()));
            default:
        }
        int length = checked(in, in.readUnsignedByte(), type.maxLength(), "declared length of " + type.sqlName());
        switch (type) {
            case DECIMAL:
            case NUMERIC:
            case DECIMALN:
            case NUMERICN:
                int precision = checked(in, in.readUnsignedByte(), 38, "precision of " + type.sqlName());
                int scale = checked(in, in.readUnsignedByte(), precision, "scale of " + type.sqlName());
                return new TypeInfo(type, length, precision, scale, null, null);
            default:
                return new TypeInfo(type, length, 0, 0, null, null);
        }
    }

    private static TypeInfo temporal(DataType type, int scale) {
        return switch (type) {
            case TIMEN -> TypeInfo.time(scale);
            case DATETIME2N -> TypeInfo.datetime2(scale);
            default -> TypeInfo.datetimeoffset(scale);
        };
    }

    private static TypeInfo readShortLength(TdsReader in, DataType type) throws IOException {
        int length = in.readUnsignedShort();
        if (type == DataType.VECTOR) {
            int element = in.readUnsignedByte();
            return new TypeInfo(
                    type, checked(in, length, type.maxLength(), "declared length of vector"), 0, element, null, null);
        }
        boolean plp = length == PLP_MARK;
        if (plp && !type.canBePlp()) {
            throw new TdsProtocolException("type " + type + " cannot have the length 0xFFFF", in.position() - 2);
        }
        if (!plp && (length & 1) != 0 && (type == DataType.NCHAR || type == DataType.NVARCHAR)) {
            throw new TdsProtocolException(
                    "declared length of " + type.sqlName() + " is " + length + " bytes; it is an even number",
                    in.position() - 2);
        }
        Collation collation = type.isCharacter() ? Collation.read(in) : null;
        return new TypeInfo(type, plp ? TypeInfo.PLP : length, 0, 0, collation, null);
    }

    private static TypeInfo readLongLength(TdsReader in, DataType type) throws IOException {
        int length = in.readInt();
        if (type == DataType.SSVARIANT) {
            return new TypeInfo(
                    type, checked(in, length, MAX_VARIANT_LENGTH, "declared length of sql_variant"), 0, 0, null, null);
        }
        // Some clients declare a NULL of these types with length -1.
        int most = length < 0 ? Integer.MAX_VALUE : length;
        return new TypeInfo(type, most, 0, 0, type.isCharacter() ? Collation.read(in) : null, null);
    }

    private static TypeInfo readPlp(TdsReader in, DataType type, boolean request) throws IOException {
        switch (type) {
            case UDT:
                int length = request ? PLP_MARK : in.readUnsignedShort();
                SchemaName name = readName(in, "a CLR type's name", false);
                if (!request) {
                    String assembly = in.readUsVarchar("a CLR type's assembly");
                    name = new SchemaName(name.database(), name.schema(), name.name(), assembly);
                }
                return new TypeInfo(type, length == PLP_MARK ? TypeInfo.PLP : length, 0, 0, null, name);
            case XML:
                int hasSchema = checked(in, in.readUnsignedByte(), 1, "schema mark of xml");
                return new TypeInfo(
                        type,
                        TypeInfo.PLP,
                        0,
                        0,
                        null,
                        hasSchema == 0 ? null : readName(in, "an xml schema's name", true));
            default:
                return new TypeInfo(type, TypeInfo.PLP, 0, 0, null, null);
        }
    }

    private static SchemaName readName(TdsReader in, String what, boolean longName) throws IOException {
        String database = in.readBVarchar(what);
        String schema = in.readBVarchar(what);
        return new SchemaName(database, schema, longName ? in.readUsVarchar(what) : in.readBVarchar(what), null);
    }

    private static int checked(TdsReader in, int value, int most, String what) throws TdsProtocolException {
        if (value < 0 || value > most) {
            throw new TdsProtocolException(what + " is " + value + "; 0 to " + most + " are possible", in.position());
        }
        return value;
    }

    private static void write(TdsWriter out, TypeInfo info, TdsVersion version, boolean request) throws IOException {
        if (!info.existsIn(version)) {
            throw new IllegalArgumentException(info.toSql() + " does not exist in TDS version " + version);
        }
        DataType type = info.type();
        out.writeByte(type.code());
        switch (type.layout()) {
            case BYTE_LENGTH -> writeByteLength(out, info);
            case SHORT_LENGTH -> {
                out.writeShort(info.isPlp() ? PLP_MARK : info.maxLength());
                if (type == DataType.VECTOR) {
                    out.writeByte(info.scale());
                } else if (type.isCharacter()) {
                    Collation.write(out, info.collation());
                }
            }
            case LONG_LENGTH -> {
                out.writeInt(info.maxLength());
                if (type.isCharacter()) {
                    Collation.write(out, info.collation());
                }
            }
            case PLP -> writePlp(out, info, request);
            case TABLE -> writeName(out, info.schema(), false);
            case FIXED -> {
                // The token says it all.
            }
        }
    }

    private static void writeByteLength(TdsWriter out, TypeInfo info) throws IOException {
        switch (info.type()) {
            case DATEN -> {
                // The token says it all.
            }
            case TIMEN, DATETIME2N, DATETIMEOFFSETN -> out.writeByte(info.scale());
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN -> {
                out.writeByte(info.maxLength());
                out.writeByte(info.precision());
                out.writeByte(info.scale());
            }
            default -> out.writeByte(info.maxLength());
        }
    }

    private static void writePlp(TdsWriter out, TypeInfo info, boolean request) throws IOException {
        SchemaName name = info.schema();
        switch (info.type()) {
            case UDT -> {
                if (!request) {
                    out.writeShort(info.isPlp() ? PLP_MARK : info.maxLength());
                }
                writeName(out, name, false);
                if (!request) {
                    out.writeUsVarchar(orEmpty(name == null ? null : name.assembly()));
                }
            }
            case XML -> {
                out.writeByte(name == null ? 0 : 1);
                if (name != null) {
                    writeName(out, name, true);
                }
            }
            default -> {
                // json has nothing more.
            }
        }
    }

    private static void writeName(TdsWriter out, SchemaName name, boolean longName) throws IOException {
        out.writeBVarchar(orEmpty(name == null ? null : name.database()));
        out.writeBVarchar(orEmpty(name == null ? null : name.schema()));
        String last = orEmpty(name == null ? null : name.name());
        if (longName) {
            out.writeUsVarchar(last);
        } else {
            out.writeBVarchar(last);
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
