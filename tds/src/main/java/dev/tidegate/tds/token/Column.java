package dev.tidegate.tds.token;

import dev.tidegate.tds.type.TypeInfo;
import java.util.List;

/**
 * One column of a COLMETADATA ([MS-TDS] 2.2.7.4).
 *
 * @param userType id of an alias type, else 0
 * @param flags the bits below
 * @param tableName parts of the table's name, for text, ntext and image columns only; else empty
 */
public record Column(String name, TypeInfo type, int flags, int userType, List<String> tableName) {
    public static final int NULLABLE = 0x0001;
    public static final int CASE_SENSITIVE = 0x0002;
    /** Two bits: 0 read-only, 1 read-write, 2 unknown. */
    public static final int UPDATEABLE_MASK = 0x000C;

    public static final int UPDATEABLE = 0x0004;
    public static final int UPDATEABLE_UNKNOWN = 0x0008;
    public static final int IDENTITY = 0x0010;
    public static final int COMPUTED = 0x0020;
    public static final int FIXED_LENGTH_CLR = 0x0100;
    public static final int SPARSE_COLUMN_SET = 0x0400;
    public static final int ENCRYPTED = 0x0800;
    public static final int HIDDEN = 0x2000;
    public static final int KEY = 0x4000;
    public static final int NULLABLE_UNKNOWN = 0x8000;

    public Column {
        tableName = List.copyOf(tableName);
    }

    public Column(String name, TypeInfo type, int flags) {
        this(name, type, flags, 0, List.of());
    }

    public boolean isNullable() {
        return (flags & (NULLABLE | NULLABLE_UNKNOWN)) != 0;
    }

    public boolean isIdentity() {
        return (flags & IDENTITY) != 0;
    }
}
