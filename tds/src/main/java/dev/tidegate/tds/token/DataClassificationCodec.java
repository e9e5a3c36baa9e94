package dev.tidegate.tds.token;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * DATACLASSIFICATION ([MS-TDS] 2.2.7.5). The token has no length: it ends where its parts end, so they have to be walked through. From
 * version 2 of the feature on, ranks stand in it.
 */
final class DataClassificationCodec {
    private final TdsReader in;
    private final boolean ranks;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    private DataClassificationCodec(TdsReader in, boolean ranks) {
        this.in = in;
        this.ranks = ranks;
    }

    /** @param featureVersion what the server acknowledged, 1 or 2 */
    static DataClassification read(TdsReader in, int featureVersion) throws IOException {
        return new DataClassificationCodec(in, featureVersion >= 2).read();
    }

    static void write(TdsWriter out, DataClassification token) throws IOException {
        out.writeByte(TokenType.DATACLASSIFICATION);
        out.writeBytes(token.data());
    }

    private DataClassification read() throws IOException {
        names(); // sensitivity labels
        names(); // information types
        if (ranks) {
            take(4);
        }
        int columns = takeShort();
        for (int i = 0; i < columns; i++) {
            int properties = takeShort();
            take(properties * (ranks ? 8 : 4));
        }
        return new DataClassification(copy.toByteArray());
    }

    private void names() throws IOException {
        int count = takeShort();
        for (int i = 0; i < count; i++) {
            takeText();
            takeText();
        }
    }

    private void takeText() throws IOException {
        int chars = in.readUnsignedByte();
        copy.write(chars);
        take(2 * chars);
    }

    private int takeShort() throws IOException {
        int value = in.readUnsignedShort();
        copy.write(value);
        copy.write(value >>> 8);
        return value;
    }

    private void take(int count) throws IOException {
        copy.writeBytes(in.readBytes(count, Integer.MAX_VALUE, "DATACLASSIFICATION"));
    }
}
