package dev.tidegate.client.range;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The types whose values can be counted through, so that the space between two of them can be divided evenly. */
enum KeyKind {
    INTEGER {
        @Override
        BigInteger place(Object value, int scale) {
            return BigInteger.valueOf(((Number) value).longValue());
        }

        @Override
        String written(BigInteger place, int scale) {
            return place.toString();
        }
    },
    DECIMAL {
        @Override
        BigInteger place(Object value, int scale) {
            return ((BigDecimal) value).setScale(scale).unscaledValue();
        }

        @Override
        String written(BigInteger place, int scale) {
            return new BigDecimal(place, scale).toPlainString();
        }
    },
    DATE {
        @Override
        BigInteger place(Object value, int scale) {
            return BigInteger.valueOf(((LocalDate) value).toEpochDay());
        }

        @Override
        String written(BigInteger place, int scale) {
            return "'" + LocalDate.ofEpochDay(place.longValueExact()) + "'";
        }
    },
    /** In whole seconds: where a bound lies does not matter, only that it is the same for both of its neighbours. */
    TIMESTAMP {
        @Override
        BigInteger place(Object value, int scale) {
            return BigInteger.valueOf(((LocalDateTime) value).toEpochSecond(ZoneOffset.UTC));
        }

        @Override
        String written(BigInteger place, int scale) {
            LocalDateTime time = LocalDateTime.ofEpochSecond(place.longValueExact(), 0, ZoneOffset.UTC);
            // With its T the server takes it the same in every language; LocalDateTime would leave out seconds that are
            // 0.
            return "'" + time.toLocalDate() + "T"
                    + String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond()) + "'";
        }
    };

    /** The number of a value among those of its type, in the order of the server. */
    abstract BigInteger place(Object value, int scale);

    /** The value of that number, as text for a CAST. */
    abstract String written(BigInteger place, int scale);

    /** @param type as {@code sys.types} names it */
    static Optional<KeyKind> of(String type) {
        return switch (type) {
            case "tinyint", "smallint", "int", "bigint" -> Optional.of(INTEGER);
            case "decimal", "numeric", "money", "smallmoney" -> Optional.of(DECIMAL);
            case "date" -> Optional.of(DATE);
            case "datetime", "smalldatetime", "datetime2" -> Optional.of(TIMESTAMP);
            default -> Optional.empty();
        };
    }
}
