package dev.tidegate.tds.type;

import dev.tidegate.tds.TdsVersion;

/** Which types each version of TDS has, and what SQL Server sends in place of those that it lacks. */
final class TypeDowngrade {
    private TypeDowngrade() {}

    static boolean exists(TypeInfo info, TdsVersion version) {
        return version.atLeast(since(info));
    }

    private static TdsVersion since(TypeInfo info) {
        return switch (info.type()) {
            case DATEN, TIMEN, DATETIME2N, DATETIMEOFFSETN, TVP -> TdsVersion.V7_3A;
            case JSON, VECTOR -> TdsVersion.V7_4;
            case XML, UDT -> TdsVersion.V7_2;
            default -> info.isPlp() ? TdsVersion.V7_2 : TdsVersion.V7_1;
        };
    }

    static TypeInfo downgrade(TypeInfo info, TdsVersion version) {
        if (exists(info, version)) {
            return info;
        }
        Collation collation = info.collation() == null ? Collation.DEFAULT : info.collation();
        TypeInfo next = switch (info.type()) {
            case DATEN -> TypeInfo.nvarchar(10, collation);
            case TIMEN -> TypeInfo.nvarchar(16, collation);
            case DATETIME2N -> TypeInfo.nvarchar(27, collation);
            case DATETIMEOFFSETN -> TypeInfo.nvarchar(34, collation);
            case JSON, VECTOR -> TypeInfo.nvarchar(TypeInfo.PLP, collation);
            case XML, NVARCHAR -> TypeInfo.ntext(collation);
            case BIGVARCHAR -> TypeInfo.text(collation);
            case UDT, BIGVARBINARY -> TypeInfo.image();
            default ->
                throw new IllegalArgumentException(
                        info.toSql() + " does not exist in TDS version " + version + ", nor does anything like it");
        };
        return downgrade(next, version);
    }
}
