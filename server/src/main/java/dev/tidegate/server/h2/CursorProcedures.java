package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Done;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The procedures of server cursors, with which clients read a result in portions. All cursors are static and read-only. */
final class CursorProcedures {
    private static final int STATIC = 8;
    private static final int READ_ONLY = 1;
    private static final int AUTO_FETCH = 0x2000;

    private final SessionCore core;
    private final ResponseSink sink;
    private final ProcedureRunner procedures;

    CursorProcedures(SessionCore core, ResponseSink sink) {
        this.core = core;
        this.sink = sink;
        this.procedures = new ProcedureRunner(core, sink);
    }

    int run(String name, ProcedureArguments arguments) throws SqlServerException, SQLException {
        switch (name) {
            case "sp_cursoropen" -> {
                PreparedHandles.Prepared prepared =
                        procedures.prepare(arguments.text("@stmt", 1), arguments.text("@paramdef", 5));
                open(prepared, procedures.frame(prepared, arguments, 6), arguments, new Places(0, 2, 3, 4));
            }
            case "sp_cursorprepexec" -> {
                PreparedHandles.Prepared prepared =
                        procedures.prepare(arguments.text("@stmt", 3), arguments.text("@paramdef", 2));
                arguments.setOutput(0, core.handles.add(prepared));
                open(prepared, procedures.frame(prepared, arguments, 7), arguments, new Places(1, 4, 5, 6));
            }
            case "sp_cursorprepare" -> {
                PreparedHandles.Prepared prepared =
                        procedures.prepare(arguments.text("@stmt", 2), arguments.text("@paramdef", 1));
                arguments.setOutput(0, core.handles.add(prepared));
            }
            case "sp_cursorexecute" -> {
                PreparedHandles.Prepared prepared = core.handles.get(arguments.number("@handle", 0, 0));
                open(prepared, procedures.frame(prepared, arguments, 5), arguments, new Places(1, 2, 3, 4));
            }
            case "sp_cursorunprepare" -> core.handles.remove(arguments.number("@handle", 0, 0));
            case "sp_cursorfetch" -> fetch(arguments);
            case "sp_cursorclose" -> core.cursors.close(arguments.number("@cursor", 0, 0));
            case "sp_cursoroption" -> core.cursors.get(arguments.number("@cursor", 0, 0));
            default -> throw KnownError.CURSOR_READ_ONLY.exception();
        }
        return 0;
    }

    /** Where the outputs of an opening procedure stand. */
    private record Places(int cursor, int scroll, int concurrency, int rows) {}

    private void open(PreparedHandles.Prepared prepared, Frame frame, ProcedureArguments arguments, Places places)
            throws SqlServerException, SQLException {
        if (prepared.statements().size() != 1
                || !(prepared.statements().getFirst() instanceof Statement.Select select)) {
            throw KnownError.NO_CURSOR_FOR_BATCH.exception();
        }
        Cursors.Cursor cursor = new QueryRunner(core, frame, sink).read(select.query());
        int handle = core.cursors.add(cursor);
        int scroll = arguments.number("@scrollopt", places.scroll, STATIC);
        sink.columns(ResultStream.metadata(withStatus(cursor.columns)));
        if ((scroll & AUTO_FETCH) != 0) {
            cursor.position = 1;
            send(cursor, 1, arguments.number("@rowcount", places.rows, 1));
        }
        sink.statementDone(Done.COMMAND_SELECT, cursor.fetched);
        arguments.setOutput(places.cursor, handle);
        arguments.setOutput(places.scroll, STATIC);
        arguments.setOutput(places.concurrency, READ_ONLY);
        arguments.setOutput(places.rows, cursor.rows.size());
    }

    private static List<ColumnInfo> withStatus(List<ColumnInfo> columns) {
        List<ColumnInfo> all = new ArrayList<>(columns);
        all.add(new ColumnInfo("ROWSTAT", SqlType.INT, false));
        return all;
    }

    /** Sends rows from a position on; moves the cursor there. */
    private void send(Cursors.Cursor cursor, int from, int wanted) {
        int first = Math.max(1, from);
        int last = (int) Math.min(cursor.rows.size(), (long) first + wanted - 1);
        for (int i = first; i <= last; i++) {
            Object[] row = cursor.rows.get(i - 1);
            Object[] shown = java.util.Arrays.copyOf(row, row.length + 1);
            shown[row.length] = 1;
            sink.row(shown);
        }
        cursor.position = first;
        cursor.fetched = Math.max(0, last - first + 1);
    }

    private void fetch(ProcedureArguments arguments) throws SqlServerException {
        Cursors.Cursor cursor = core.cursors.get(arguments.number("@cursor", 0, 0));
        int type = arguments.number("@fetchtype", 1, 2);
        int row = arguments.number("@rownum", 2, 0);
        int count = arguments.number("@nrows", 3, 1);
        if (type == 0x100) {
            arguments.setOutput(2, cursor.position);
            arguments.setOutput(3, cursor.rows.size());
            return;
        }
        int size = cursor.rows.size();
        int from = switch (type) {
            case 0x01 -> 1;
            case 0x02 -> cursor.position + Math.max(cursor.fetched, cursor.position == 0 ? 1 : 0);
            case 0x04 -> cursor.position - count;
            case 0x08 -> size - count + 1;
            case 0x10 -> row >= 0 ? row : size + row + 1;
            case 0x20 -> cursor.position + row;
            case 0x80 -> cursor.position;
            default ->
                throw KnownError.CURSOR_FETCH_TYPE.exception();
        };
        sink.columns(ResultStream.metadata(withStatus(cursor.columns)));
        if (from <= 0 && from + count <= 1) {
            cursor.position = 0;
            cursor.fetched = 0;
        } else {
            send(cursor, from, from < 1 && type == 0x04 ? from + count - 1 : count);
        }
        sink.statementDone(Done.COMMAND_SELECT, cursor.fetched);
    }
}
