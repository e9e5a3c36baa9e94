package dev.tidegate.client.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.row.RunSink;
import dev.tidegate.tds.row.ValueRun;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AsciiTest {
    private static final int LONGEST = 130;
    private static final int BEFORE = 3;

    /** The token that a row begins with. */
    private static final int ROW = 0xD1;

    @Example
    void aTextOfAnyLengthIsCopied() {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] source = source();
            byte[] target = new byte[BEFORE + length + Ascii.BEYOND_END];
            assertThat(Ascii.copy(source, 1, length, view(target), BEFORE))
                    .as("%d bytes", length)
                    .isTrue();
            assertThat(Arrays.copyOfRange(target, BEFORE, BEFORE + length))
                    .isEqualTo(Arrays.copyOfRange(source, 1, 1 + length));
            assertThat(Arrays.copyOf(target, BEFORE)).isEqualTo(new byte[BEFORE]);
        }
    }

    /** What stands before and behind the text is not a part of it, and may be anything. */
    @Example
    void aByteBeyondAsciiIsSeenWithinTheTextOnly() {
        for (int length = 0; length <= LONGEST; length++) {
            for (int at = 0; at <= length + 1; at++) {
                byte[] source = source();
                source[at] = (byte) 0x80;
                boolean within = at >= 1 && at <= length;
                byte[] target = new byte[length + Ascii.BEYOND_END];
                assertThat(Ascii.copy(source, 1, length, view(target), 0))
                        .as("byte %d of %d bytes from 1 on", at, length)
                        .isEqualTo(!within);
            }
        }
    }

    /** Texts of lengths from one number to another, so that each way to copy them has its turn. */
    @Provide
    Arbitrary<List<byte[]>> texts() {
        Arbitrary<Integer> lengths = Arbitraries.of(0, 1, 7, 8, 9, 16, 17, 32, 33, 48, 49, 70);
        return Combinators.combine(lengths, lengths)
                .as((one, other) -> Arbitraries.bytes()
                        .between((byte) 0, Byte.MAX_VALUE)
                        .array(byte[].class)
                        .ofMinSize(Math.min(one, other))
                        .ofMaxSize(Math.max(one, other)))
                .flatMap(text -> text.list().ofMinSize(1).ofMaxSize(60));
    }

    @Property(tries = 500)
    void theTextsOfARunAreCopiedOneBehindTheOther(@ForAll("texts") List<byte[]> texts) throws Exception {
        Copying sink = Copying.of(texts);
        assertThat(sink.isAscii).isTrue();
        assertThat(sink.target).isEqualTo(joined(texts));
    }

    @Property(tries = 500)
    void aByteBeyondAsciiInARunIsSeen(@ForAll("texts") List<byte[]> texts, @ForAll Random random) throws Exception {
        List<byte[]> withText = texts.stream().filter(text -> text.length > 0).toList();
        Assume.that(!withText.isEmpty());
        byte[] text = withText.get(random.nextInt(withText.size()));
        text[random.nextInt(text.length)] |= (byte) 0x80;
        assertThat(Copying.of(texts).isAscii).isFalse();
    }

    private static byte[] joined(List<byte[]> texts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        texts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Copies the texts of the one run that it is given. */
    private static final class Copying extends OneKindSink implements RunSink {
        private byte[] target;
        private boolean isAscii;

        private Copying() {
            super("text");
        }

        static Copying of(List<byte[]> texts) throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            TdsWriter out = new TdsWriter(answer, TdsReader.MAX_PACKET_LENGTH);
            out.begin(PacketType.RESPONSE);
            for (byte[] text : texts) {
                out.writeByte(ROW);
                out.writeShort(text.length);
                out.writeBytes(text);
            }
            out.end();
            TdsReader in = new TdsReader(new ByteArrayInputStream(answer.toByteArray()));
            in.beginMessage();
            in.readUnsignedByte();
            Copying sink = new Copying();
            int decoded = RowDecoder.of(List.of(TypeInfo.varchar(100, Collation.DEFAULT)))
                    .decode(in, RowMarker.ROW, new ColumnSink[] {sink}, 0, texts.size());
            assertThat(decoded).isEqualTo(texts.size());
            return sink;
        }

        @Override
        public void setTexts(ValueRun run, Charset charset) {
            byte[] memory = new byte[(int) run.totalLength() + Ascii.BEYOND_END];
            isAscii = Ascii.copyAll(run, view(memory), 0);
            target = Arrays.copyOf(memory, (int) run.totalLength());
        }

        @Override
        public void setNull(int row) {
            throw new IllegalStateException("row " + row + " is not NULL");
        }
    }

    private static ByteBuffer view(byte[] target) {
        return ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] source() {
        byte[] source = new byte[1 + LONGEST + Ascii.BEYOND_END];
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) (i & 0x7F);
        }
        return source;
    }
}
