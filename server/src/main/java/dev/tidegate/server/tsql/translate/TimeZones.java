package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** AT TIME ZONE, for UTC only: the names of Windows' other zones are unknown here. */
final class TimeZones {
    private TimeZones() {}

    static Operand at(Operand operand, Operand zone) throws SqlServerException {
        if (!(zone.literal() instanceof String name) || !name.equalsIgnoreCase("UTC")) {
            throw new SqlServerException(
                    9820,
                    1,
                    16,
                    "The time zone parameter provided to AT TIME ZONE clause is invalid: this server knows 'UTC'"
                            + " only.");
        }
        if (operand.isNull()) {
            return Operand.of(SqlText.cast("NULL", SqlType.datetimeoffset(7)), SqlType.datetimeoffset(7));
        }
        if (!operand.type().kind().isTemporal()) {
            throw new SqlServerException(
                    8116,
                    1,
                    16,
                    "Argument data type " + operand.type().kind().sqlName()
                            + " is invalid for argument 1 of AT TIME ZONE function.");
        }
        int scale =
                operand.type().kind() == TypeKind.DATETIME ? 3 : operand.type().scale();
        SqlType type = SqlType.datetimeoffset(scale);
        String sql = operand.type().kind() == TypeKind.DATETIMEOFFSET
                ? "TIDEGATE.T_SWITCHOFFSET(" + operand.sql() + ", '+00:00')"
                : Coercion.convert(operand, type, "0", false);
        return new Operand(sql, type, operand.nullable(), null);
    }
}
