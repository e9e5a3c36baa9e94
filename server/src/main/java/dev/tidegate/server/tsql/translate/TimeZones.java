package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** AT TIME ZONE, for UTC only: the names of Windows' other zones are unknown here. */
final class TimeZones {
    private TimeZones() {}

    static Operand at(Operand operand, Operand zone) throws SqlServerException {
        if (!(zone.literal() instanceof String name) || !name.equalsIgnoreCase("UTC")) {
            throw KnownError.UNKNOWN_TIMEZONE.exception();
        }
        if (operand.isNull()) {
            return Operand.of(SqlText.cast("NULL", SqlType.datetimeoffset(7)), SqlType.datetimeoffset(7));
        }
        if (!operand.type().kind().isTemporal()) {
            throw KnownError.ARGUMENT_TYPE.exception(operand.type().kind().sqlName(), 1, "AT TIME ZONE");
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
