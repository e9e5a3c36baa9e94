package dev.tidegate.client.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Utf8Test {
    private static final char LONE_HIGH = '\uD83D';
    private static final char LONE_LOW = '\uDE00';

    @Property(tries = 500)
    void isWhatJavaMakesOfAText(@ForAll("texts") String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        assertThat(of(text, false)).isEqualTo(expected);
        assertThat(encoded(text, false)).isEqualTo(expected);
    }

    /** No letters: two halves that stand side by side would be a pair. */
    @Property(tries = 500)
    void ofABrokenTextOnlyTheHalvesOfPairsAreReplaced(
            @ForAll("texts") String before, @ForAll boolean high, @ForAll("letters") String after) {
        String broken = before + (high ? LONE_HIGH : LONE_LOW) + after;
        byte[] expected = (before + '\uFFFD' + after).getBytes(StandardCharsets.UTF_8);
        assertThat(of(broken, true)).isEqualTo(expected);
        assertThat(encoded(broken, true)).isEqualTo(expected);
        assertThat(of(broken, false)).isNull();
        assertThat(encoded(broken, false)).isNull();
    }

    @Example
    void bytesBeyondAsciiAreSeenWhereverTheyStand() {
        byte[] bytes = {'a', (byte) 0x80, 'b', (byte) 0xFF};
        assertThat(TextBytes.isAscii(bytes, 0, 1)).isTrue();
        assertThat(TextBytes.isAscii(bytes, 0, 2)).isFalse();
        assertThat(TextBytes.isAscii(bytes, 2, 1)).isTrue();
        assertThat(TextBytes.isAscii(bytes, 2, 2)).isFalse();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "", "a", "plain text", "Grüße", "日本", "\uD83D\uDE00", "\u0000\u007F\u0080\u07FF\u0800\uFFFF")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.of("", "a", "b and more", "ü", "日\uD83D\uDE00");
    }

    private static byte[] of(String text, boolean replaces) {
        byte[] source = units(text);
        return Utf8.of(source, 1, source.length - 1, replaces);
    }

    private static byte[] encoded(String text, boolean replaces) {
        byte[] source = units(text);
        byte[] target = new byte[2 + 3 * text.length()];
        int written = Utf8.encode(
                source, 1, source.length, ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN), 2, replaces);
        return written < 0 ? null : Arrays.copyOfRange(target, 2, 2 + written);
    }

    /** Not at the beginning of its array; unpaired surrogates as they are. */
    private static byte[] units(String text) {
        byte[] units = new byte[1 + 2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            units[1 + 2 * i] = (byte) text.charAt(i);
            units[2 + 2 * i] = (byte) (text.charAt(i) >>> 8);
        }
        return units;
    }
}
