package dev.tidegate.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiveStreamTest {
    /** Gives bytes that follow from their places, as many at once as there is room for, or fewer. */
    private static final class Source implements ByteTransport {
        private final long length;
        private final Random portions;
        private long given;
        private int direct;

        Source(long length, Random portions) {
            this.length = length;
            this.portions = portions;
        }

        static byte at(long place) {
            return (byte) (place * 31 + (place >> 9));
        }

        @Override
        public int read(ByteBuffer target, Patience patience) {
            if (given == length) {
                return -1;
            }
            direct += target.isDirect() ? 1 : 0;
            int room = (int) Math.min(target.remaining(), length - given);
            int count = portions == null ? room : 1 + portions.nextInt(room);
            for (int i = 0; i < count; i++) {
                target.put(at(given++));
            }
            return count;
        }

        @Override
        public void write(ByteBuffer source, Patience patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long received() {
            return given;
        }

        @Override
        public long sent() {
            return 0;
        }

        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public boolean hasEnded() {
            return given == length;
        }

        @Override
        public void wake() {}

        @Override
        public void close() {}
    }

    @Test
    void whatComesIsReadInItsOrderHoweverMuchItIs() throws IOException {
        Source source = new Source(3_000_001, null);
        readAll(source, new Random(1));
        assertThat(source.direct).as("reads into memory outside of the heap").isPositive();
    }

    @Test
    void shortReadsStayInTheHeap() throws IOException {
        Source source = new Source(2_000_000, new Random(2));
        readAll(source, new Random(3));
        assertThat(source.direct).isZero();
    }

    private static void readAll(Source source, Random lengths) throws IOException {
        ReceiveStream stream = new ReceiveStream(source);
        byte[] target = new byte[50_000];
        long place = 0;
        for (; ; ) {
            int length = 1 + lengths.nextInt(target.length);
            int count = stream.read(target, 0, length);
            if (count < 0) {
                break;
            }
            assertThat(count).isPositive().isLessThanOrEqualTo(length);
            for (int i = 0; i < count; i++) {
                if (target[i] != Source.at(place++)) {
                    throw new AssertionError("another byte at " + (place - 1));
                }
            }
        }
        assertThat(place).isEqualTo(source.length);
        assertThat(stream.read()).isEqualTo(-1);
    }
}
