package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypeInfoCodec;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The value of a table-valued parameter: what follows the type's name in TVP_TYPE_INFO ([MS-TDS] 2.2.5.5.5). */
final class TableValueCodec {
    private static final int NO_COLUMNS = 0xFFFF;
    private static final int END = 0x00;
    private static final int ROW = 0x01;
    private static final int ORDER_UNIQUE = 0x10;
    private static final int COLUMN_ORDERING = 0x11;

    /** The most columns that a table type can have. */
    private static final int MAX_COLUMNS = 1024;

    private TableValueCodec() {}

    static void write(TdsWriter out, TdsVersion version, TableValue value) throws IOException {
        TableValue table = value == null ? new TableValue(List.of(), List.of()) : value;
        out.writeShort(table.columns().isEmpty() ? NO_COLUMNS : table.columns().size());
        for (Column column : table.columns()) {
            out.writeInt(column.userType());
            out.writeShort(column.flags());
            TypeInfoCodec.writeInRequest(out, column.type(), version);
            out.writeBVarchar(column.name());
        }
        writeOrder(out, table);
        out.writeByte(END);
        writeRows(out, table);
        out.writeByte(END);
    }

    static TableValue read(TdsReader in, TdsVersion version) throws IOException {
        List<Column> columns = readColumns(in, version);
        List<TableValue.OrderUnique> orderUnique = new ArrayList<>();
        List<Integer> columnOrder = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        List<Column> sent = TableValue.sent(columns);
        boolean inRows = false;
        while (true) {
            long position = in.position();
            int token = in.readUnsignedByte();
            if (token == END && inRows) {
                return new TableValue(columns, orderUnique, columnOrder, rows);
            } else if (token == END) {
                inRows = true;
            } else if (token == ROW && inRows && !sent.isEmpty()) {
                rows.add(readRow(in, sent));
            } else if (token == ORDER_UNIQUE && !inRows) {
                int count = in.readUnsignedShort();
                for (int i = 0; i < count; i++) {
                    orderUnique.add(new TableValue.OrderUnique(in.readUnsignedShort(), in.readUnsignedByte()));
                }
            } else if (token == COLUMN_ORDERING && !inRows) {
                int count = in.readUnsignedShort();
                for (int i = 0; i < count; i++) {
                    columnOrder.add(in.readUnsignedShort());
                }
            } else {
                throw new TdsProtocolException(
                        "0x" + Integer.toHexString(token) + " is not a part of a table-valued parameter "
                                + (inRows ? "after its columns" : "before its rows"),
                        position);
            }
        }
    }

    private static List<Column> readColumns(TdsReader in, TdsVersion version) throws IOException {
        long position = in.position();
        int count = in.readUnsignedShort();
        if (count == NO_COLUMNS) {
            return List.of();
        }
        if (count > MAX_COLUMNS) {
            throw new TdsProtocolException(
                    "a table-valued parameter claims " + count + " columns; at most " + MAX_COLUMNS + " are possible",
                    position);
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int userType = in.readInt();
            int flags = in.readUnsignedShort();
            TypeInfo type = TypeInfoCodec.readInRequest(in, version);
            columns.add(new Column(in.readBVarchar("column name"), type, flags, userType, List.of()));
        }
        return columns;
    }

    private static Object[] readRow(TdsReader in, List<Column> columns) throws IOException {
        Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = ValueCodec.read(in, columns.get(i).type());
        }
        return row;
    }

    private static void writeOrder(TdsWriter out, TableValue value) throws IOException {
        if (!value.orderUnique().isEmpty()) {
            out.writeByte(ORDER_UNIQUE);
            out.writeShort(value.orderUnique().size());
            for (TableValue.OrderUnique entry : value.orderUnique()) {
                out.writeShort(entry.column());
                out.writeByte(entry.flags());
            }
        }
        if (!value.columnOrder().isEmpty()) {
            out.writeByte(COLUMN_ORDERING);
            out.writeShort(value.columnOrder().size());
            for (int ordinal : value.columnOrder()) {
                out.writeShort(ordinal);
            }
        }
    }

    private static void writeRows(TdsWriter out, TableValue value) throws IOException {
        List<Column> sent = value.sentColumns();
        for (Object[] row : value.rows()) {
            out.writeByte(ROW);
            for (int i = 0; i < sent.size(); i++) {
                ValueCodec.write(out, sent.get(i).type(), row[i]);
            }
        }
    }
}
