package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.NumberRange;
import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Set;

/** How the texts of a file without types become values of SQL Server's types: exactly, or not at all. */
final class TextMapping implements Mapping {
    private final Set<Loss> allowed;

    TextMapping(Set<Loss> allowed) {
        this.allowed = allowed;
    }

    /** @param from a column of texts */
    @Override
    public Feed feed(DuckColumn from, Column to) throws SQLException {
        ChunkSource source = source(to);
        if (source == null) {
            throw new SQLSyntaxErrorException(
                    "column \"" + to.name() + "\": a text of a file does not go into "
                            + to.type().toSql(),
                    "42846");
        }
        return new Feed(Identifiers.duckdb(from.name()), source);
    }

    private ChunkSource source(Column to) {
        TypeInfo type = to.type();
        return switch (type.type()) {
            case BIT, BITN, INT1, INT2, INT4, INT8, INTN, DECIMAL, NUMERIC, DECIMALN, NUMERICN, MONEY4, MONEY, MONEYN ->
                new WrittenNumberSource(to.name(), NumberRange.of(type), allowed.contains(Loss.DIGITS));
            case FLT4, FLT8, FLTN -> new WrittenDoubleSource(to.name(), type.maxLength() == Float.BYTES, allowed);
            case DATEN, DATETIM4, DATETIME, DATETIMEN, DATETIME2N ->
                new WrittenTimestampSource(to.name(), range(type), false);
            case DATETIMEOFFSETN -> new WrittenTimestampSource(to.name(), range(type), true);
            case TIMEN ->
                new WrittenTimeSource(
                        to.name(), TimePrecision.ofScale(type.scale(), allowed.contains(Loss.TIME), type.toSql()));
            case GUID -> new WrittenUuidSource(to.name());
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT -> new WrittenBytesSource(to, allowed);
            default -> TextSource.of(to, allowed);
        };
    }

    private TimestampRange range(TypeInfo type) {
        return TimestampRange.of(type, allowed.contains(Loss.TIME));
    }
}
