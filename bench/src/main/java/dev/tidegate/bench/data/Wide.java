package dev.tidegate.bench.data;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Ten types, six columns of each, mixed as in a table that has grown for years. */
final class Wide {
    private static final int REPEATS = 6;
    private static final int NULL_EVERY = 20;
    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final long TICKS = 10_000_000L * 86_400 * 9_000;
    private static final int NANOS = 100;
    private static final int TICKS_A_SECOND = 10_000_000;

    static final List<Field> FIELDS = fields();

    private Wide() {}

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            add(fields, "flag", TypeInfo.bit(), (row, random) -> random % 2 == 0);
            // Beyond 127 a peer reads another number.
            add(fields, "small", TypeInfo.tinyint(), (row, random) -> (short) (random % 128));
            add(fields, "code", TypeInfo.smallint(), (row, random) -> (short) random);
            add(fields, "number", TypeInfo.integer(), (row, random) -> (int) random);
            add(fields, "total", TypeInfo.bigint(), (row, random) -> random - (1L << 62));
            add(fields, "amount", TypeInfo.decimal(18, 4), (row, random) -> BigDecimal.valueOf(random % 2_000_000_000L - 1_000_000_000L, 4));
            add(fields, "ratio", TypeInfo.float8(), (row, random) -> (random % 1_000_000) / 1024.0);
            add(fields, "day", TypeInfo.date(), (row, random) -> FIRST_DAY.plusDays(random % 20_000));
            add(fields, "moment", TypeInfo.datetime2(7), (row, random) -> moment(random % TICKS));
            add(fields, "label", TypeInfo.nvarchar(30, Collation.DEFAULT), (row, random) -> "label " + random % 100_000);
        }
        return fields;
    }

    private static void add(List<Field> fields, String name, TypeInfo type, Field.Maker maker) {
        fields.add(new Field(
                name + fields.size(),
                type,
                true,
                (row, random) -> random % NULL_EVERY == 0 ? null : maker.value(row, random / NULL_EVERY)));
    }

    private static LocalDateTime moment(long ticks) {
        return FIRST.plusSeconds(ticks / TICKS_A_SECOND).plusNanos(ticks % TICKS_A_SECOND * NANOS);
    }
}
