package dev.tidegate.server.h2.row;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.MoneyBytes;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueDouble;
import org.h2.value.ValueInteger;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueSmallint;

/** Cells of numbers that are loaded. */
final class LoadNumbers {
    private LoadNumbers() {}

    static LoadCell integer(SqlType target) {
        return switch (target.kind()) {
            case TINYINT, SMALLINT -> new SmallInt();
            case INT -> new Int();
            default -> new BigInt();
        };
    }

    /** bit. */
    static final class Bit extends LoadCell {
        @Override
        public void setLong(int row, long number) {
            value = ValueBoolean.get(number != 0);
        }
    }

    /** tinyint and smallint. */
    private static final class SmallInt extends LoadCell {
        @Override
        public void setLong(int row, long number) {
            value = ValueSmallint.get((short) number);
        }
    }

    /** int. */
    private static final class Int extends LoadCell {
        @Override
        public void setLong(int row, long number) {
            value = ValueInteger.get((int) number);
        }
    }

    /** bigint. */
    private static final class BigInt extends LoadCell {
        @Override
        public void setLong(int row, long number) {
            value = ValueBigint.get(number);
        }
    }

    /** float. */
    static final class Double64 extends LoadCell {
        @Override
        public void setDouble(int row, double number) {
            value = ValueDouble.get(number);
        }
    }

    /** decimal and numeric. */
    static final class Decimal extends LoadCell {
        private final SqlType target;

        Decimal(SqlType target) {
            this.target = target;
        }

        @Override
        public void setDecimal(int row, long high, long low) {
            if (DecimalBytes.fits(high, low, target.precision())) {
                value = ValueNumeric.get(DecimalBytes.toBigDecimal(high, low, target.scale()));
            } else {
                // which is what errors of conversion call a decimal too
                refuse(KnownError.OVERFLOW_CONVERTING.exception("numeric", "numeric"));
            }
        }
    }

    /** money and smallmoney, each into its own. */
    static final class Money extends LoadCell {
        @Override
        public void setDecimal(int row, long high, long low) {
            value = ValueNumeric.get(DecimalBytes.toBigDecimal(high, low, MoneyBytes.SCALE));
        }
    }
}
