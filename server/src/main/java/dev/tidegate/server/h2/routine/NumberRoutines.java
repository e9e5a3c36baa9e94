package dev.tidegate.server.h2.routine;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.convert.NetFormat;
import dev.tidegate.server.tsql.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.Locale;

/** Functions on numbers, and tests whether text is one. */
public final class NumberRoutines {
    private NumberRoutines() {}

    /** ROUND, and with a third argument that is not 0, truncation. */
    public static BigDecimal round(BigDecimal value, Integer digits, Integer truncate) {
        if (value == null || digits == null) {
            return null;
        }
        if (digits >= value.scale()) {
            return value;
        }
        // before all digits of the value there are only zeros: no need to make more of them
        int least = value.scale() - value.precision() - 1;
        RoundingMode mode = truncate == null || truncate == 0 ? RoundingMode.HALF_UP : RoundingMode.DOWN;
        return value.setScale(Math.max(digits, least), mode);
    }

    public static Integer isNumeric(String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        return converts(text, SqlType.FLOAT) || converts(text, SqlType.MONEY) ? 1 : 0;
    }

    public static Integer isDate(String text) {
        return text != null && !text.isBlank() && converts(text, SqlType.DATETIME) ? 1 : 0;
    }

    private static boolean converts(String text, SqlType type) {
        try {
            Conversion.convert(text, SqlType.nvarchar(4000), type, 0);
            return true;
        } catch (SqlServerException e) {
            return false;
        }
    }

    public static String formatNumber(BigDecimal value, String format) {
        return value == null || format == null ? null : NetFormat.number(value, format);
    }

    public static String formatDate(LocalDateTime value, String format) {
        return value == null || format == null ? null : NetFormat.date(value, format);
    }

    public static Integer checksum(String text) {
        return text == null
                ? Integer.MAX_VALUE
                : text.toLowerCase(Locale.ROOT).stripTrailing().hashCode();
    }

    /** The bytes of a timestamp column. */
    public static byte[] rowVersion(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
