package dev.tidegate.server.catalog;

import java.util.Iterator;
import java.util.List;
import org.h2.command.query.AllColumnsForPlan;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.index.IndexType;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.TableFilter;

/** Reads a {@link CatalogTable} from the first row to the last. */
class CatalogScan extends Index {
    static final long TYPICAL_ROWS = 100;

    final CatalogTable catalogTable;

    CatalogScan(CatalogTable table, IndexColumn[] columns) {
        this(table, columns, IndexType.createScan(false));
    }

    CatalogScan(CatalogTable table, IndexColumn[] columns, IndexType type) {
        super(table, 0, null, columns, 0, type);
        this.catalogTable = table;
    }

    @Override
    public Cursor find(SessionLocal session, SearchRow first, SearchRow last, boolean reverse) {
        return over(catalogTable.rows(session).all());
    }

    static Cursor over(List<Row> found) {
        Iterator<Row> rows = found.iterator();
        return new Cursor() {
            private Row current;

            @Override
            public Row get() {
                return current;
            }

            @Override
            public SearchRow getSearchRow() {
                return current;
            }

            @Override
            public boolean next() {
                current = rows.hasNext() ? rows.next() : null;
                return current != null;
            }

            @Override
            public boolean previous() {
                throw CatalogTable.readOnly();
            }
        };
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
        return 10.0 * TYPICAL_ROWS;
    }

    @Override
    public int getColumnIndex(Column column) {
        // A scan is no help to find values of a column.
        return -1;
    }

    @Override
    public boolean isFirstColumn(Column column) {
        return false;
    }

    @Override
    public long getRowCount(SessionLocal session) {
        return TYPICAL_ROWS;
    }

    @Override
    public long getRowCountApproximation(SessionLocal session) {
        return TYPICAL_ROWS;
    }

    @Override
    public boolean needRebuild() {
        return false;
    }

    @Override
    public String getCreateSQL() {
        return null;
    }

    @Override
    public String getPlanSQL() {
        return "catalog";
    }

    @Override
    public void close(SessionLocal session) {}

    @Override
    public void checkRename() {
        throw CatalogTable.readOnly();
    }

    @Override
    public void add(SessionLocal session, Row row) {
        throw CatalogTable.readOnly();
    }

    @Override
    public void remove(SessionLocal session, Row row) {
        throw CatalogTable.readOnly();
    }

    @Override
    public void remove(SessionLocal session) {}

    @Override
    public void truncate(SessionLocal session) {
        throw CatalogTable.readOnly();
    }
}
