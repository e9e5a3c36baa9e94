package dev.tidegate.arrow.type;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** The metadata of fields: what SQL Server declares of a column and Arrow's own types do not say, and Arrow's extension types. */
public final class FieldMetadata {
    /** The type as T-SQL writes it, such as {@code nvarchar(50)} or {@code decimal(12,4)}. */
    public static final String TYPE = "SQLSERVER:type";

    /** Digits of decimal and numeric. */
    public static final String PRECISION = "SQLSERVER:precision";

    /** Digits after the point of decimal and numeric, or after the second of time, datetime2 and datetimeoffset. */
    public static final String SCALE = "SQLSERVER:scale";

    /** Name of the collation of character types, where it has one. */
    public static final String COLLATION = "SQLSERVER:collation";

    /** {@code true} of the column that the server numbers; else absent. */
    public static final String IDENTITY = "SQLSERVER:identity";

    /** Arrow's own key for the name of an extension type. */
    public static final String EXTENSION_NAME = "ARROW:extension:name";

    /** Arrow's own key for the parameters of an extension type. */
    public static final String EXTENSION_METADATA = "ARROW:extension:metadata";

    /** Extension type of JSON text. */
    public static final String JSON = "arrow.json";

    /** Extension type of UUIDs in 16 bytes. */
    public static final String UUID = "arrow.uuid";

    private FieldMetadata() {}

    /** What a result's column says. */
    public static Map<String, String> of(Column column) {
        TypeInfo type = column.type();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(TYPE, type.type() == DataType.NULL ? "null" : type.toSql());
        if (type.precision() > 0) {
            metadata.put(PRECISION, Integer.toString(type.precision()));
        }
        if (hasScale(type)) {
            metadata.put(SCALE, Integer.toString(type.scale()));
        }
        if (type.collation() != null) {
            type.collation().name().ifPresent(name -> metadata.put(COLLATION, name));
        }
        if (column.isIdentity()) {
            metadata.put(IDENTITY, "true");
        }
        if (type.type() == DataType.JSON) {
            metadata.put(EXTENSION_NAME, JSON);
            metadata.put(EXTENSION_METADATA, "");
        }
        return metadata;
    }

    /**
     * The SQL Server type that a field says it was read from.
     *
     * @return empty if it says none, or one that does not exist
     */
    public static Optional<TypeInfo> declaredType(Field field) {
        String sql = field.getMetadata().get(TYPE);
        if (sql == null) {
            return Optional.empty();
        }
        try {
            String collation = field.getMetadata().get(COLLATION);
            return Optional.of(TypeInfo.ofSql(
                    sql,
                    collation == null
                            ? Collation.DEFAULT
                            : Collation.ofName(collation).orElse(Collation.DEFAULT)));
        } catch (IllegalArgumentException e) {
            // Whoever wrote the metadata is not known: it is a hint, and the field has a type of its own.
            return Optional.empty();
        }
    }

    private static boolean hasScale(TypeInfo type) {
        return switch (type.type()) {
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN, TIMEN, DATETIME2N, DATETIMEOFFSETN -> true;
            default -> false;
        };
    }
}
