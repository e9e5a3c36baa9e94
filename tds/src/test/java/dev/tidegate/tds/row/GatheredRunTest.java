package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many rows are decoded at once, where packets come together. */
class GatheredRunTest {
    private static final TypeInfo TYPE = TypeInfo.ofSql("char(37)");

    /** Of a row: token, length, text. */
    private static final int ROW_LENGTH = 1 + 2 + 37;

    /** All packets are full, and the first ends within its 13th row. */
    private static final int ROWS = 63;

    private static final int WHOLE_IN_FIRST = 12;
    private static final int PACKET = TdsWriter.MIN_PACKET_SIZE;

    private static void writeRows(TdsWriter out) throws IOException {
        for (int row = 0; row < ROWS; row++) {
            out.writeByte(0xD1);
            out.writeShort(37);
            out.writeBytes("%037d".formatted(row).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aRowThatIsCutIsDecodedWithAllThatHaveComeWithItsRest() throws IOException {
        byte[] wire = Wire.message(PacketType.RESPONSE, GatheredRunTest::writeRows, PACKET);
        assertThat(wire.length % PACKET).isZero();
        assertThat((PACKET - TdsReader.HEADER_LENGTH) / ROW_LENGTH).isEqualTo(WHOLE_IN_FIRST);
        TdsReader in = new TdsReader(new SequenceInputStream(
                new ByteArrayInputStream(wire, 0, PACKET),
                new ByteArrayInputStream(Arrays.copyOfRange(wire, PACKET, wire.length))));
        in.beginMessage();
        RowDecoder decoder = RowDecoder.of(List.of(TYPE));
        RunDecoderTest.RunRecorder sink = new RunDecoderTest.RunRecorder(TYPE);
        assertThat(decode(decoder, in, sink, 0)).isEqualTo(WHOLE_IN_FIRST);
        assertThat(decode(decoder, in, sink, WHOLE_IN_FIRST)).isEqualTo(ROWS - WHOLE_IN_FIRST);
        assertThat(in.atEnd()).isTrue();
    }

    private static int decode(RowDecoder decoder, TdsReader in, ColumnSink sink, int row) throws IOException {
        in.readUnsignedByte();
        return decoder.decode(in, RowMarker.ROW, new ColumnSink[] {sink}, row, ROWS);
    }
}
