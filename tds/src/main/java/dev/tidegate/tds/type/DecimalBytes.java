package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * decimal and numeric on the wire: a sign byte, 1 for positive, then the magnitude of the unscaled value, little-endian
 * ([MS-TDS] 2.2.5.5.1.6). Numbers are handed on as 128-bit two's complement, in two halves.
 */
public final class DecimalBytes {
    /** The longest value, sign included. */
    public static final int MAX_LENGTH = 17;

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    /** Powers of ten by exponent, 0 to 38, in halves. */
    private static final long[] POWER_HIGH = new long[39];

    private static final long[] POWER_LOW = new long[39];

    static {
        for (int i = 0; i < POWER_HIGH.length; i++) {
            BigInteger power = BigInteger.TEN.pow(i);
            POWER_HIGH[i] = power.shiftRight(64).longValue();
            POWER_LOW[i] = power.longValue();
        }
    }

    private DecimalBytes() {}

    /** @throws TdsProtocolException if the length is not 2 to 17, or the magnitude beyond 127 bits */
    public static void check(byte[] bytes, int offset, int length) throws TdsProtocolException {
        if (length < 2 || length > MAX_LENGTH) {
            throw new TdsProtocolException("a decimal of " + length + " bytes; 2 to 17 are possible", -1);
        }
        if (length == MAX_LENGTH && bytes[offset + 16] < 0) {
            throw new TdsProtocolException("a decimal of more than 38 digits", -1);
        }
    }

    /** Low half of the value. */
    public static long low(byte[] bytes, int offset, int length) {
        long magnitude = magnitude(bytes, offset + 1, Math.min(8, length - 1));
        return bytes[offset] == 0 ? -magnitude : magnitude;
    }

    /** High half of the value. */
    public static long high(byte[] bytes, int offset, int length) {
        long magnitude = length <= 9 ? 0 : magnitude(bytes, offset + 9, length - 9);
        if (bytes[offset] != 0) {
            return magnitude;
        }
        boolean lowIsZero = magnitude(bytes, offset + 1, Math.min(8, length - 1)) == 0;
        return lowIsZero ? -magnitude : ~magnitude;
    }

    private static long magnitude(byte[] bytes, int offset, int length) {
        if (length == 8) {
            return LittleEndian.getLong(bytes, offset);
        }
        if (length == 4) {
            return LittleEndian.getInt(bytes, offset) & 0xFFFF_FFFFL;
        }
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[offset + i] & 0xFF);
        }
        return value;
    }

    static BigDecimal read(byte[] bytes, int offset, int length, int scale) throws TdsProtocolException {
        check(bytes, offset, length);
        return toBigDecimal(high(bytes, offset, length), low(bytes, offset, length), scale);
    }

    /** The number that two halves stand for. */
    public static BigDecimal toBigDecimal(long high, long low, int scale) {
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, scale);
        }
        BigInteger lowHalf = BigInteger.valueOf(low);
        if (low < 0) {
            lowHalf = lowHalf.add(TWO_TO_64);
        }
        return new BigDecimal(BigInteger.valueOf(high).shiftLeft(64).add(lowHalf), scale);
    }

    /** @param exponent 0 to 18 */
    public static long powerOfTen(int exponent) {
        return POWER_LOW[exponent];
    }

    /** True if the number has at most {@code precision} digits, 1 to 38. */
    public static boolean fits(long high, long low, int precision) {
        long h = high;
        long l = low;
        if (h < 0) {
            l = -l;
            h = l == 0 ? -h : ~h;
        }
        int order = Long.compareUnsigned(h, POWER_HIGH[precision]);
        return order < 0 || order == 0 && Long.compareUnsigned(l, POWER_LOW[precision]) < 0;
    }

    /**
     * Writes the value without the length before it.
     *
     * @param length sign included, as the type declares it: 5, 9, 13 or 17
     */
    public static void write(TdsWriter out, long high, long low, int length) throws IOException {
        long h = high;
        long l = low;
        boolean negative = h < 0;
        if (negative) {
            l = -l;
            h = l == 0 ? -h : ~h;
        }
        out.ensure(MAX_LENGTH);
        byte[] buffer = out.buffer();
        int offset = out.offset();
        buffer[offset] = (byte) (negative ? 0 : 1);
        // Stores both halves in full: what goes beyond the length is overwritten by what follows.
        LittleEndian.putLong(buffer, offset + 1, l);
        LittleEndian.putLong(buffer, offset + 9, h);
        out.advance(length);
    }

    /**
     * The unscaled value in the scale and precision asked for.
     *
     * @throws ValueOutOfRangeException if digits would be lost
     */
    static BigInteger unscaled(BigDecimal value, int precision, int scale, String type) {
        BigDecimal exact = value;
        if (value.scale() != scale) {
            // Before setScale, which would build a number of any size that the exponent asks for.
            boolean tooLarge = value.signum() != 0 && (long) value.precision() - value.scale() > precision - scale;
            if (tooLarge) {
                throw tooLarge(value, type);
            }
            exact = value.signum() == 0 ? BigDecimal.valueOf(0, scale) : rescale(value, scale, type);
        }
        if (exact.precision() > precision && exact.signum() != 0) {
            throw tooLarge(value, type);
        }
        return exact.unscaledValue();
    }

    private static BigDecimal rescale(BigDecimal value, int scale, String type) {
        try {
            return value.setScale(scale);
        } catch (ArithmeticException e) {
            throw new ValueOutOfRangeException(
                    shown(value) + " has more digits after the point than " + type + " takes");
        }
    }

    private static ValueOutOfRangeException tooLarge(BigDecimal value, String type) {
        return new ValueOutOfRangeException(shown(value) + " has more digits before the point than " + type + " takes");
    }

    private static String shown(BigDecimal value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
