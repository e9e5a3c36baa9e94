package dev.tidegate.server.h2.row;

import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** Chooses the cells of a bulk load's columns: there is one where a value is stored as it is sent, at most checked or padded. */
public final class LoadCells {
    private LoadCells() {}

    /** @return null if values have to be converted */
    public static LoadCell of(SqlType sent, SqlType target, LoadErrors errors) {
        if (sent.isCharacter()) {
            return target.isCharacter() ? new LoadBytes.Text(target, errors) : null;
        }
        TypeKind kind = sent.kind();
        if (kind.isInteger() && target.kind().isInteger()) {
            // the higher one holds all numbers of the lower
            return target.kind().compareTo(kind) <= 0 ? LoadNumbers.integer(target) : null;
        }
        if (kind.isDecimal() && target.kind().isDecimal()) {
            return sent.scale() == target.scale() ? new LoadNumbers.Decimal(target) : null;
        }
        if (kind != target.kind() || sent.scale() > target.scale()) {
            return null;
        }
        return switch (kind) {
            case BIT -> new LoadNumbers.Bit();
            case FLOAT -> new LoadNumbers.Double64();
            case MONEY, SMALLMONEY -> new LoadNumbers.Money();
            case DATE -> new LoadTimes.Date();
            case TIME -> new LoadTimes.Time();
            case DATETIME, SMALLDATETIME, DATETIME2 -> new LoadTimes.Timestamp();
            case UNIQUEIDENTIFIER -> new LoadBytes.Guid();
            case VARBINARY -> new LoadBytes.Binary(target, errors);
            default -> null;
        };
    }
}
