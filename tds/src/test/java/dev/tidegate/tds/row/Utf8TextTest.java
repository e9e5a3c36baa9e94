package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Java's decoders and encoders are the measure. */
class Utf8TextTest {
    private static byte[] decoded(byte[] text, int start, int end) {
        byte[] target = new byte[3 + 2 * (end - start)];
        int to = Utf8Text.toUtf16(text, start, end, target, 3);
        return to < 0 ? null : Arrays.copyOfRange(target, 3, to);
    }

    private static byte[] byJava(byte[] text) {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return chars.toString().getBytes(StandardCharsets.UTF_16LE);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> points = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0x80, 0x7FF),
                Arbitraries.integers().between(0x800, 0xD7FF),
                Arbitraries.integers().between(0xE000, 0xFFFF),
                Arbitraries.integers().between(0x10000, 0x10FFFF));
        return points.list()
                .ofMaxSize(40)
                .map(list -> list.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Property(tries = 1000)
    void textIsDecodedAsJavaDoes(@ForAll("texts") String text, @ForAll @IntRange(max = 20) int ascii) {
        byte[] utf8 = (text + "a".repeat(ascii) + text).getBytes(StandardCharsets.UTF_8);
        assertThat(decoded(utf8, 0, utf8.length)).isEqualTo(byJava(utf8));
    }

    /** Of bytes that begin characters, go on with them, or do neither. */
    @Property(tries = 5000)
    void whatIsNotUtf8IsFound(@ForAll @Size(max = 12) byte[] bytes, @ForAll long seed) {
        Random random = new Random(seed);
        int[] interesting = {
            0x00, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0x9F, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xF5
        };
        byte[] mixed = bytes.clone();
        for (int i = 0; i < mixed.length; i++) {
            if (random.nextInt(4) > 0) {
                mixed[i] = (byte) interesting[random.nextInt(interesting.length)];
            }
        }
        assertThat(decoded(mixed, 0, mixed.length)).isEqualTo(byJava(mixed));
    }

    @Property(tries = 300)
    void asciiIsSeenWhereverItEnds(@ForAll @IntRange(max = 40) int length, @ForAll @IntRange(max = 40) int beyond) {
        byte[] text = new byte[50];
        Arrays.fill(text, (byte) -1);
        Arrays.fill(text, 5, 5 + length, (byte) 'x');
        assertThat(TextBytes.isAscii(text, 5, length)).isTrue();
        byte[] wide = new byte[2 * length];
        Utf8Text.widen(text, 5, 5 + length, wide, 0);
        assertThat(wide).isEqualTo("x".repeat(length).getBytes(StandardCharsets.UTF_16LE));
        if (beyond < length) {
            text[5 + beyond] = (byte) 0x80;
            assertThat(TextBytes.isAscii(text, 5, length)).isFalse();
        }
    }

    @Test
    void aCodePageHasTheCharactersThatJavaGivesIt() throws CharacterCodingException {
        for (String name : List.of(
                "windows-1250",
                "windows-1251",
                "windows-1252",
                "windows-1253",
                "windows-1254",
                "windows-1255",
                "windows-1256",
                "windows-1257",
                "windows-1258",
                "x-windows-874",
                "IBM437",
                "IBM850")) {
            CharsetEncoder encoder = java.nio.charset.Charset.forName(name).newEncoder();
            CodePageTable table = CodePageTable.of(encoder.charset());
            int found = 0;
            for (int unit = 0x80; unit < 0x10000; unit++) {
                byte[] encoded = new byte[1];
                boolean has = table.encode(new byte[] {(byte) unit, (byte) (unit >> 8)}, 2, encoded, 0);
                if (has) {
                    found++;
                    assertThat(encoded)
                            .isEqualTo(encoder.encode(CharBuffer.wrap(new char[] {(char) unit}))
                                    .array());
                }
            }
            assertThat(found).as(name).isGreaterThan(90);
        }
        assertThat(CodePageTable.of(java.nio.charset.Charset.forName("windows-31j")))
                .isNull();
        assertThat(CodePageTable.of(StandardCharsets.UTF_8)).isNull();
    }
}
