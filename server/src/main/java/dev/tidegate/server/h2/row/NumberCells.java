package dev.tidegate.server.h2.row;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.h2.value.Value;

/** Cells of numbers. */
final class NumberCells {
    private NumberCells() {}

    /** bit. */
    static final class Bit extends Cell {
        @Override
        void read(Value value) {
            low = value.getBoolean() ? 1 : 0;
        }
    }

    /** tinyint. */
    static final class TinyInt extends Cell {
        @Override
        void read(Value value) throws SqlServerException {
            low = JavaForm.tinyint(value.getInt());
        }
    }

    /** smallint. */
    static final class SmallInt extends Cell {
        @Override
        void read(Value value) {
            low = value.getShort();
        }
    }

    /** int. */
    static final class Int extends Cell {
        @Override
        void read(Value value) {
            low = value.getInt();
        }
    }

    /** bigint. */
    static final class BigInt extends Cell {
        @Override
        void read(Value value) {
            low = value.getLong();
        }
    }

    /** real. */
    static final class Real extends TypedCell {
        Real(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) throws SqlServerException {
            real = JavaForm.finite(value.getFloat(), type);
        }
    }

    /** float. */
    static final class Double64 extends TypedCell {
        Double64(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) throws SqlServerException {
            real = JavaForm.finite(value.getDouble(), type);
        }
    }

    /** decimal and numeric. */
    static final class Decimal extends TypedCell {
        Decimal(SqlType type) {
            super(type);
        }

        @Override
        void read(Value value) {
            takeUnscaled(this, JavaForm.decimal(value.getBigDecimal(), type.scale()), type);
        }
    }

    /** money and smallmoney. */
    static final class Money extends TypedCell {
        private final int bits;

        Money(SqlType type, int bits) {
            super(type);
            this.bits = bits;
        }

        @Override
        void read(Value value) throws SqlServerException {
            takeUnscaled(this, JavaForm.money(value.getBigDecimal(), bits, type), type);
        }
    }

    /** The encoder looks whether the type has as many digits; here it has to be a number of 128 bits. */
    private static void takeUnscaled(Cell cell, BigDecimal decimal, SqlType type) {
        BigInteger unscaled = decimal.unscaledValue();
        int bits = unscaled.bitLength();
        if (bits > 127) {
            throw new ValueOutOfRangeException(decimal.toPlainString() + " does not fit " + type);
        }
        cell.low = unscaled.longValue();
        cell.high = bits <= 63 ? cell.low >> 63 : unscaled.shiftRight(64).longValue();
    }
}
