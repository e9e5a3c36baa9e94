package dev.tidegate.client.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Example;

class AsciiTest {
    private static final int LONGEST = 130;
    private static final int BEFORE = 3;

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
