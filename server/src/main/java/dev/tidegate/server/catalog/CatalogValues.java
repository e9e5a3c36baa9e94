package dev.tidegate.server.catalog;

import dev.tidegate.server.tsql.convert.StoredVariant;
import dev.tidegate.tds.type.SqlVariant;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueInteger;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;

/** Java values of a catalog row as H2's. */
final class CatalogValues {
    private CatalogValues() {}

    static Value toH2(Object value) {
        return switch (value) {
            case null -> ValueNull.INSTANCE;
            case String text -> ValueVarchar.get(text);
            case Boolean bit -> ValueBoolean.get(bit);
            case Short number -> ValueSmallint.get(number);
            case Integer number -> ValueInteger.get(number);
            case Long number -> ValueBigint.get(number);
            case BigDecimal number -> ValueNumeric.get(number);
            case LocalDateTime time -> JSR310Utils.localDateTimeToValue(time);
            case SqlVariant variant -> ValueVarbinary.get(StoredVariant.of(variant));
            case byte[] bytes -> ValueVarbinary.get(bytes);
            default -> throw new IllegalArgumentException("no catalog value: " + value.getClass());
        };
    }
}
