package dev.tidegate.client.column;

import java.math.BigInteger;

/** 128-bit two's complement numbers in two halves, as decimals travel between the modules. */
public final class Int128 {
    private static final BigInteger LOW_HALF = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Int128() {}

    public static BigInteger toBigInteger(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).or(unsigned(low));
    }

    /** The same bits read as a number without sign: how a UUID becomes an UHUGEINT. */
    public static BigInteger toUnsignedBigInteger(long high, long low) {
        return unsigned(high).shiftLeft(64).or(unsigned(low));
    }

    private static BigInteger unsigned(long value) {
        return BigInteger.valueOf(value).and(LOW_HALF);
    }
}
