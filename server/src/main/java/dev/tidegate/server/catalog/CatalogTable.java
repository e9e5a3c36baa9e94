package dev.tidegate.server.catalog;

import dev.tidegate.server.tsql.type.SqlType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.command.ddl.CreateTableData;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.index.IndexType;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.TableBase;
import org.h2.table.TableType;
import org.h2.value.Value;

/** A {@link SystemView} as H2 sees it: a read-only table whose rows are computed once for each statement that reads it. Thread-safe. */
final class CatalogTable extends TableBase {
    private final SystemView view;
    private final CatalogScan scan;
    private final int[] positions;
    /** The number of the column with an object's id; negative if there is none. */
    private final int key;

    private final List<Index> indexes;
    private volatile CatalogRows last;

    CatalogTable(CreateTableData data, SystemView view) {
        super(data);
        this.view = view;
        this.scan = new CatalogScan(this, IndexColumn.wrap(getColumns()));
        this.positions = positions(view, getColumns());
        Column id = findColumn("object_id");
        this.key = id == null || id.getType().getValueType() != Value.INTEGER ? -1 : id.getColumnId();
        this.indexes = key < 0 ? List.of(scan) : List.of(scan, new CatalogLookUp(this, id));
    }

    /**
     * Where each column's value stands in the view's rows, or -1. They differ only in a database file of another version, whose
     * catalog could not be replaced because a view of the user stands on it.
     */
    private static int[] positions(SystemView view, Column[] columns) {
        Map<String, Integer> known = new HashMap<>();
        for (CatalogColumn column : view.columns()) {
            known.put(column.name(), known.size());
        }
        return Arrays.stream(columns)
                .mapToInt(column -> known.getOrDefault(column.getName(), -1))
                .toArray();
    }

    CatalogRows rows(SessionLocal session) {
        CatalogRows known = last;
        if (known == null || !known.isOf(session)) {
            known = new CatalogRows(
                    session,
                    (catalog, out) -> view.rows().produce(catalog, values -> out.accept(row(session, values))),
                    key,
                    view.ofTables());
            last = known;
        }
        return known;
    }

    private Row row(SessionLocal session, Object[] values) {
        if (values.length != view.columns().size()) {
            throw new IllegalStateException(
                    view.name() + " has " + view.columns().size() + " columns, but a row has " + values.length);
        }
        Column[] columns = getColumns();
        Value[] converted = new Value[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Object value = positions[i] < 0 ? null : values[positions[i]];
            converted[i] = CatalogValues.toH2(value).convertTo(columns[i].getType(), session);
        }
        return Row.get(converted, 1);
    }

    /** The H2 type that holds values of a column of the catalog. Names compare without regard to case, as in SQL Server. */
    static String h2Type(SqlType type) {
        return switch (type.kind()) {
            case BIT -> "BOOLEAN";
            case TINYINT, SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case REAL -> "REAL";
            case FLOAT -> "DOUBLE PRECISION";
            case DECIMAL, NUMERIC -> "NUMERIC(" + type.precision() + ", " + type.scale() + ")";
            case DATETIME, DATETIME2, SMALLDATETIME -> "TIMESTAMP(3)";
            case UNIQUEIDENTIFIER -> "UUID";
            case SQL_VARIANT -> "VARBINARY";
            case BINARY, VARBINARY -> type.isMax() ? "VARBINARY" : "VARBINARY(" + type.length() + ")";
            case CHAR, NCHAR, VARCHAR, NVARCHAR ->
                type.isMax() ? "VARCHAR_IGNORECASE" : "VARCHAR_IGNORECASE(" + type.length() + ")";
            default -> "VARCHAR_IGNORECASE";
        };
    }

    @Override
    public Index getScanIndex(SessionLocal session) {
        return scan;
    }

    @Override
    public List<Index> getIndexes() {
        return indexes;
    }

    @Override
    public TableType getTableType() {
        return TableType.EXTERNAL_TABLE_ENGINE;
    }

    @Override
    public boolean isInsertable() {
        return false;
    }

    @Override
    public long getMaxDataModificationId() {
        // H2 must not keep the result of a query: it could not know when it is out of date.
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public boolean canGetRowCount(SessionLocal session) {
        return false;
    }

    @Override
    public boolean canDrop() {
        return true;
    }

    @Override
    public long getRowCount(SessionLocal session) {
        return rows(session).all().size();
    }

    @Override
    public long getRowCountApproximation(SessionLocal session) {
        return CatalogScan.TYPICAL_ROWS;
    }

    @Override
    public void close(SessionLocal session) {}

    @Override
    public void checkSupportAlter() {
        throw readOnly();
    }

    @Override
    public void addRow(SessionLocal session, Row row) {
        throw readOnly();
    }

    @Override
    public void removeRow(SessionLocal session, Row row) {
        throw readOnly();
    }

    @Override
    public long truncate(SessionLocal session) {
        throw readOnly();
    }

    @Override
    public Index addIndex(
            SessionLocal session,
            String name,
            int id,
            IndexColumn[] columns,
            int uniqueColumns,
            IndexType type,
            boolean create,
            String comment) {
        throw readOnly();
    }

    static DbException readOnly() {
        return DbException.getUnsupportedException("ad hoc updates to system catalogs");
    }
}
