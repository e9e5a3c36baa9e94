package dev.tidegate.server.catalog;

import org.h2.command.query.AllColumnsForPlan;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.IndexCondition;
import org.h2.index.IndexType;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.TableFilter;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/** Finds the rows of a {@link CatalogTable} that tell of one object. */
final class CatalogLookUp extends CatalogScan {
    private static final long TYPICAL_ROWS_OF_ONE = 4;

    private final Column id;

    CatalogLookUp(CatalogTable table, Column id) {
        super(table, IndexColumn.wrap(new Column[] {id}), IndexType.createNonUnique(false));
        this.id = id;
    }

    @Override
    public Cursor find(SessionLocal session, SearchRow first, SearchRow last, boolean reverse) {
        Value wanted = first == null || last == null ? null : first.getValue(id.getColumnId());
        if (wanted == null || wanted == ValueNull.INSTANCE || !wanted.equals(last.getValue(id.getColumnId()))) {
            // a range: H2 looks at the condition again
            return super.find(session, first, last, reverse);
        }
        return over(catalogTable.rows(session).of(wanted.getInt()));
    }

    @Override
    public double getCost(
            SessionLocal session,
            int[] masks,
            TableFilter[] filters,
            int filter,
            SortOrder sortOrder,
            AllColumnsForPlan allColumns,
            boolean isSelect) {
        boolean one = masks != null && (masks[id.getColumnId()] & IndexCondition.EQUALITY) != 0;
        return one ? 10.0 * TYPICAL_ROWS_OF_ONE : Long.MAX_VALUE;
    }

    @Override
    public int getColumnIndex(Column column) {
        return column.getColumnId() == id.getColumnId() ? 0 : -1;
    }

    @Override
    public boolean isFirstColumn(Column column) {
        return column.getColumnId() == id.getColumnId();
    }

    @Override
    public String getPlanSQL() {
        return "catalog by object_id";
    }
}
