package dev.tidegate.tds.message;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/** SSPI ([MS-TDS] 2.2.6.8): the client's part of an integrated login, after the first, which LOGIN7 carries. */
public record SspiMessage(byte[] data) {
    /** Longest message accepted, in bytes. */
    public static final int MAX_LENGTH = 1024 * 1024;

    /** Reads the rest of the current message. */
    public static SspiMessage read(TdsReader in) throws IOException {
        return new SspiMessage(Payload.rest(in, MAX_LENGTH, "SSPI message"));
    }

    public void write(TdsWriter out) throws IOException {
        out.writeBytes(data);
    }

    /** Shows the length only: the bytes are a secret. */
    @Override
    public String toString() {
        return "SspiMessage[" + data.length + " bytes]";
    }
}
