package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.h2.row.Cell;
import dev.tidegate.server.h2.row.Cells;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbc.JdbcResultSet;
import org.h2.result.ResultInterface;
import org.h2.value.Value;

/** Sends the rows of an H2 result to the client as they come, in the types that T-SQL gives them. */
final class ResultStream {
    private static final int CHECK_EVERY = 256;

    private final List<ColumnInfo> columns;
    private final SqlType[] types;

    ResultStream(List<ColumnInfo> columns) {
        this.columns = columns;
        this.types = columns.stream().map(ColumnInfo::type).toArray(SqlType[]::new);
    }

    /** The columns as COLMETADATA describes them. */
    static List<Column> metadata(List<ColumnInfo> columns) {
        List<Column> described = new ArrayList<>();
        for (ColumnInfo column : columns) {
            int flags = (column.nullable() ? Column.NULLABLE : 0)
                    | (column.identity()
                            ? Column.IDENTITY
                            : column.computed() ? Column.COMPUTED : Column.UPDATEABLE_UNKNOWN);
            described.add(new Column(column.name(), column.type().toTypeInfo(), flags));
        }
        return described;
    }

    /** @return rows sent */
    long send(ResultSet rows, SessionCore core, ResponseSink sink) throws SQLException, SqlServerException {
        sink.columns(metadata(columns));
        long limit = core.settings.rowLimit > 0 ? core.settings.rowLimit : Long.MAX_VALUE;
        ResultInterface result = rows.unwrap(JdbcResultSet.class).getResult();
        Cell[] cells = sink.takesCells() ? Cells.of(types) : null;
        Object[] values = cells == null ? new Object[types.length] : null;
        long count = 0;
        while (count < limit && rows.next()) {
            if (cells == null) {
                send(result.currentRow(), values, sink);
            } else {
                send(result.currentRow(), cells, sink);
            }
            if (++count % CHECK_EVERY == 0) {
                core.cancellation.check();
            }
        }
        return count;
    }

    private static void send(Value[] row, Cell[] cells, ResponseSink sink) throws SqlServerException {
        try {
            for (int i = 0; i < cells.length; i++) {
                cells[i].take(row[i]);
            }
            sink.row(cells);
        } catch (ValueOutOfRangeException e) {
            throw overflow(e);
        }
    }

    private void send(Value[] row, Object[] values, ResponseSink sink) throws SqlServerException {
        decode(row, values);
        try {
            sink.row(values);
        } catch (ValueOutOfRangeException e) {
            throw overflow(e);
        }
    }

    private static SqlServerException overflow(ValueOutOfRangeException e) {
        return KnownError.OVERFLOW_CONVERTING.with("expression", "of the result: " + e.getMessage()).asServerException(e);
    }

    private void decode(Value[] row, Object[] values) throws SqlServerException {
        for (int i = 0; i < values.length; i++) {
            values[i] = JavaForm.of(row[i], types[i]);
        }
    }

    /** All rows, in Java forms. */
    List<Object[]> readAll(ResultSet rows) throws SQLException, SqlServerException {
        ResultInterface result = rows.unwrap(JdbcResultSet.class).getResult();
        List<Object[]> all = new ArrayList<>();
        while (rows.next()) {
            Object[] values = new Object[types.length];
            decode(result.currentRow(), values);
            all.add(values);
        }
        return all;
    }
}
