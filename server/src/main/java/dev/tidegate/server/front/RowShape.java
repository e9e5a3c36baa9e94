package dev.tidegate.server.front;

import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/** The columns of a result set as one client sees them, and the plan that encodes its rows. Used by one thread. */
final class RowShape {
    private final List<Column> columns;
    private final TypeInfo[] declared;
    private final boolean[] converted;
    private final boolean anyConverted;
    private final ClientTypes clientTypes;
    private final RowEncoder encoder;
    private final Object[] row;

    RowShape(List<Column> declaredColumns, ClientTypes clientTypes) {
        this.clientTypes = clientTypes;
        int count = declaredColumns.size();
        List<Column> seen = new ArrayList<>(count);
        List<TypeInfo> types = new ArrayList<>(count);
        declared = new TypeInfo[count];
        converted = new boolean[count];
        boolean any = false;
        for (int i = 0; i < count; i++) {
            Column column = declaredColumns.get(i);
            declared[i] = column.type();
            TypeInfo type = clientTypes.type(column.type());
            converted[i] = clientTypes.changes(column.type());
            any |= converted[i];
            types.add(type);
            seen.add(new Column(column.name(), type, column.flags(), column.userType(), tableName(column, type)));
        }
        columns = seen;
        anyConverted = any;
        encoder = RowEncoder.of(types);
        row = any ? new Object[count] : null;
    }

    /** Columns of text, ntext and image name their table; clients do not take a name without any part. */
    private static List<String> tableName(Column column, TypeInfo type) {
        boolean named = type.type() == DataType.TEXT || type.type() == DataType.NTEXT || type.type() == DataType.IMAGE;
        return named && column.tableName().isEmpty() ? List.of("") : column.tableName();
    }

    List<Column> columns() {
        return columns;
    }

    RowEncoder encoder() {
        return encoder;
    }

    /** Whether the client sees all columns as they are declared, so that the encoder takes values as they come. */
    boolean isAsDeclared() {
        return !anyConverted;
    }

    /** The values as the encoder takes them; valid until the next call. */
    Object[] values(Object[] values) {
        if (!anyConverted) {
            return values;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = converted[i] ? clientTypes.value(declared[i], values[i]) : values[i];
        }
        return row;
    }
}
