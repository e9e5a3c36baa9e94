package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypeInfoCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** COLMETADATA ([MS-TDS] 2.2.7.4). Before TDS 7.2 user types have two bytes, and a table's name is one text instead of parts. */
final class ColMetadataCodec {
    private static final int NO_METADATA = 0xFFFF;

    private ColMetadataCodec() {}

    static ColMetadata read(TdsReader in, TdsVersion version) throws IOException {
        int count = in.readUnsignedShort();
        if (count == NO_METADATA) {
            return new ColMetadata(List.of());
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(readColumn(in, version, i));
        }
        return new ColMetadata(columns);
    }

    static void write(TdsWriter out, ColMetadata metadata, TdsVersion version) throws IOException {
        List<Column> columns = metadata.columns();
        if (columns.size() >= NO_METADATA) {
            throw new IllegalArgumentException("a result of " + columns.size() + " columns cannot be described");
        }
        out.writeByte(TokenType.COLMETADATA);
        out.writeShort(columns.isEmpty() ? NO_METADATA : columns.size());
        for (Column column : columns) {
            writeColumn(out, column, version);
        }
    }

    private static Column readColumn(TdsReader in, TdsVersion version, int index) throws IOException {
        int userType = readUserType(in, version);
        long position = in.position();
        int flags = in.readUnsignedShort();
        if ((flags & Column.ENCRYPTED) != 0) {
            throw new TdsProtocolException(
                    "column " + (index + 1) + " is encrypted by Always Encrypted, which is not supported; "
                            + "log in without column encryption to get its bytes as they are stored",
                    position);
        }
        TypeInfo type = TypeInfoCodec.read(in, version);
        List<String> tableName = hasTableName(type) ? readTableName(in, version) : List.of();
        String name = in.readBVarchar("column name");
        return new Column(name, type, flags, userType, tableName);
    }

    private static void writeColumn(TdsWriter out, Column column, TdsVersion version) throws IOException {
        writeUserType(out, column.userType(), version);
        out.writeShort(column.flags());
        TypeInfoCodec.write(out, column.type(), version);
        if (hasTableName(column.type())) {
            writeTableName(out, column.tableName(), version);
        }
        out.writeBVarchar(column.name());
    }

    static int readUserType(TdsReader in, TdsVersion version) throws IOException {
        return version.atLeast(TdsVersion.V7_2) ? in.readInt() : in.readUnsignedShort();
    }

    static void writeUserType(TdsWriter out, int userType, TdsVersion version) throws IOException {
        if (version.atLeast(TdsVersion.V7_2)) {
            out.writeInt(userType);
        } else {
            out.writeShort(userType);
        }
    }

    static List<String> readTableName(TdsReader in, TdsVersion version) throws IOException {
        if (!version.atLeast(TdsVersion.V7_2)) {
            return List.of(in.readUsVarchar("table name"));
        }
        int count = in.readUnsignedByte();
        List<String> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(in.readUsVarchar("part of a table name"));
        }
        return parts;
    }

    static void writeTableName(TdsWriter out, List<String> parts, TdsVersion version) throws IOException {
        if (!version.atLeast(TdsVersion.V7_2)) {
            out.writeUsVarchar(String.join(".", parts));
            return;
        }
        out.writeByte(parts.size());
        for (String part : parts) {
            out.writeUsVarchar(part);
        }
    }

    static int tableNameLength(List<String> parts, TdsVersion version) {
        if (!version.atLeast(TdsVersion.V7_2)) {
            return 2 + 2 * String.join(".", parts).length();
        }
        return 1 + parts.stream().mapToInt(part -> 2 + 2 * part.length()).sum();
    }

    private static boolean hasTableName(TypeInfo type) {
        return type.type() == DataType.TEXT || type.type() == DataType.NTEXT || type.type() == DataType.IMAGE;
    }
}
