package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/** SQLBatch ([MS-TDS] 2.2.6.7): SQL text. Below TDS 7.2 the headers are not on the wire. */
public record SqlBatch(RequestHeaders headers, String sql) {
    /** Longest text accepted, in bytes: SQL Server's own limit at the default packet size. */
    public static final int MAX_LENGTH = 65_536 * TdsWriter.DEFAULT_PACKET_SIZE;

    /** Reads the rest of the current message. */
    public static SqlBatch read(TdsReader in, TdsVersion version) throws IOException {
        RequestHeaders headers = RequestHeaders.read(in, version);
        return new SqlBatch(headers, Payload.restUtf16(in, MAX_LENGTH, "SQL text"));
    }

    public void write(TdsWriter out, TdsVersion version) throws IOException {
        headers.write(out, version);
        out.writeUtf16(sql);
    }
}
