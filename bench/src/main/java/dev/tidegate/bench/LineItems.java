package dev.tidegate.bench;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Rows of the data set lineitem, in memory. */
final class LineItems {
    static final List<TypeInfo> TYPES = DataSet.LINEITEM.types();

    private LineItems() {}

    static Object[][] rows(int count) {
        Object[][] rows = new Object[count][TYPES.size()];
        for (int row = 0; row < count; row++) {
            DataSet.LINEITEM.row(row, rows[row]);
        }
        return rows;
    }

    /** The rows as one message of ROW tokens, packet headers included. */
    static byte[] message(Object[][] rows, int packetSize) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(wire, packetSize);
        RowEncoder encoder = RowEncoder.of(TYPES);
        out.begin(PacketType.RESPONSE);
        for (Object[] row : rows) {
            encoder.encode(out, row);
        }
        out.end();
        return wire.toByteArray();
    }

    static TdsReader open(byte[] message) throws IOException {
        TdsReader in = new TdsReader(new java.io.ByteArrayInputStream(message));
        in.beginMessage();
        return in;
    }
}
