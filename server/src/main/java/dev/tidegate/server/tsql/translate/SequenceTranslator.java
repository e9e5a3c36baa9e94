package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.type.SqlType;
import java.math.BigDecimal;

/** Translates CREATE SEQUENCE. What is not given depends on the type, as in SQL Server and unlike in H2. Stateless. */
public final class SequenceTranslator {
    private SequenceTranslator() {}

    /** @throws SqlServerException 11700, 11702, 11703 or 11705 if there can be no such sequence */
    public static String create(Statement.CreateSequence create) throws SqlServerException {
        String name = create.name().toString();
        Range all = Range.of(create.type(), name);
        long minimum = create.minimum() == null ? all.first : create.minimum();
        long maximum = create.maximum() == null ? all.last : create.maximum();
        long increment = create.increment() == null ? 1 : create.increment();
        if (increment == 0) {
            throw KnownError.SEQUENCE_INCREMENT_ZERO.exception(name);
        }
        if (minimum >= maximum) {
            throw KnownError.SEQUENCE_BOUNDS.exception(name);
        }
        long start = create.start() != null ? create.start() : increment > 0 ? minimum : maximum;
        if (start < Math.max(minimum, all.first) || start > Math.min(maximum, all.last)) {
            throw KnownError.SEQUENCE_START.exception(name);
        }
        return "CREATE SEQUENCE " + SequenceName.sql(create.name()) + " AS " + SqlText.type(create.type())
                + " START WITH " + start + " INCREMENT BY " + increment + " MINVALUE " + minimum + " MAXVALUE "
                + maximum + (create.cycles() ? " CYCLE" : "");
    }

    /** The numbers of a type. */
    private record Range(long first, long last) {
        /** Digits of numbers that always have room in 64 bits. */
        private static final int LONGEST = 18;

        static Range of(SqlType type, String sequence) throws SqlServerException {
            return switch (type.kind()) {
                case TINYINT -> new Range(0, 255);
                case SMALLINT -> new Range(Short.MIN_VALUE, Short.MAX_VALUE);
                case INT -> new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> new Range(Long.MIN_VALUE, Long.MAX_VALUE);
                case DECIMAL, NUMERIC -> ofDigits(type, sequence);
                default -> throw KnownError.SEQUENCE_TYPE.exception(sequence);
            };
        }

        /** H2 counts in 64 bits. */
        private static Range ofDigits(SqlType type, String sequence) throws SqlServerException {
            if (type.scale() != 0) {
                throw KnownError.SEQUENCE_TYPE.exception(sequence);
            }
            if (type.precision() > LONGEST) {
                return new Range(Long.MIN_VALUE, Long.MAX_VALUE);
            }
            long beyond = BigDecimal.ONE.scaleByPowerOfTen(type.precision()).longValueExact();
            return new Range(1 - beyond, beyond - 1);
        }
    }
}
