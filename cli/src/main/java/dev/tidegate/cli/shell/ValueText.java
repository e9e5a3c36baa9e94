package dev.tidegate.cli.shell;

import dev.tidegate.tds.type.SqlVariant;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;

/** Values as SQL Server's own tools show them. */
final class ValueText {
    private ValueText() {}

    /**
     * @param value in the Java form that {@code ValueCodec} documents
     * @return null for NULL
     */
    static String of(Object value) {
        return switch (value) {
            case null -> null;
            case Boolean bit -> bit ? "1" : "0";
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
            case float[] vector -> Arrays.toString(vector);
            case LocalTime time -> time(time);
            case LocalDateTime time -> time.toLocalDate() + " " + time(time.toLocalTime());
            case OffsetDateTime time ->
                time.toLocalDate() + " " + time(time.toLocalTime()) + " "
                        + (time.getOffset().getTotalSeconds() == 0 ? "+00:00" : time.getOffset());
            case SqlVariant variant -> of(variant.value());
            default -> value.toString();
        };
    }

    /** Seconds always, then as many digits as it takes. */
    private static String time(LocalTime time) {
        String whole = String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        return time.getNano() == 0
                ? whole
                : whole + "." + String.format("%09d", time.getNano()).replaceAll("0+$", "");
    }
}
