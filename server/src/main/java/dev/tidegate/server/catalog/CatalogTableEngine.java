package dev.tidegate.server.catalog;

import org.h2.api.TableEngine;
import org.h2.command.ddl.CreateTableData;
import org.h2.message.DbException;
import org.h2.table.Table;

/** Makes the tables of the catalog for H2, which finds this class by its name. The table's schema and name tell which view it is. */
public final class CatalogTableEngine implements TableEngine {
    @Override
    public Table createTable(CreateTableData data) {
        SystemView view = SystemViews.find(data.schema.getName(), data.tableName)
                .orElseThrow(() -> DbException.getUnsupportedException("catalog view " + data.tableName));
        return new CatalogTable(data, view);
    }
}
