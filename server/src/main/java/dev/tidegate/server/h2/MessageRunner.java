package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.ServerMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs PRINT, RAISERROR and THROW. */
final class MessageRunner {
    private static final int USER_ERROR = 50000;

    private final QueryRunner queries;
    private final Frame frame;
    private final ResponseSink sink;

    MessageRunner(QueryRunner queries, Frame frame, ResponseSink sink) {
        this.queries = queries;
        this.frame = frame;
        this.sink = sink;
    }

    private String text(Expression expression) throws SqlServerException, SQLException {
        TypedValue value = queries.value(expression);
        return value.value() == null
                ? null
                : (String) Conversion.convert(value.value(), value.type(), SqlType.nvarchar(SqlType.MAX), 0);
    }

    private int number(Expression expression) throws SqlServerException, SQLException {
        TypedValue value = queries.value(expression);
        Object number = value.value() == null ? null : Conversion.convert(value.value(), value.type(), SqlType.INT, 0);
        return number == null ? 0 : (Integer) number;
    }

    void print(Statement.Print print) throws SqlServerException, SQLException {
        String text = text(print.value());
        sink.message(new ServerMessage(false, 0, 1, 0, text == null ? " " : text, "", "", print.line()));
    }

    /** @throws SqlServerException the error that is raised, if its severity is over 10 */
    void raise(Statement.RaisError raise) throws SqlServerException, SQLException {
        int severity = Math.min(25, Math.max(0, number(raise.severity())));
        int state = number(raise.state());
        int shown = state < 0 ? 1 : Math.min(255, state);
        if (severity > 18) {
            throw KnownError.SEVERITY_TOO_HIGH.exception();
        }
        TypedValue message = queries.value(raise.message());
        int number = message.value() instanceof Integer id ? id : USER_ERROR;
        String text = message.value() instanceof Integer id
                ? "Error " + id + ", severity " + severity + ", state " + shown
                        + " was raised, but no message with that error number was found in sys.messages."
                : text(raise.message());
        List<Object> arguments = new ArrayList<>();
        for (Expression argument : raise.arguments()) {
            arguments.add(queries.value(argument).value());
        }
        String formatted = MessageFormat.format(text == null ? "" : text, arguments);
        if (severity > 10) {
            throw new SqlServerException(number, shown, severity, formatted);
        }
        sink.message(new ServerMessage(false, number, shown, severity, formatted, "", "", raise.line()));
    }

    /** @throws SqlServerException always */
    void raise(Statement.Throw raise) throws SqlServerException, SQLException {
        if (raise.number() == null) {
            if (frame.caught() == null) {
                throw KnownError.THROW_OUTSIDE_CATCH.exception();
            }
            throw frame.caught().error();
        }
        int number = number(raise.number());
        if (number < USER_ERROR) {
            throw KnownError.THROW_NUMBER.exception(number);
        }
        String message = text(raise.message());
        throw new SqlServerException(
                number, Math.max(0, Math.min(255, number(raise.state()))), 16, message == null ? "" : message);
    }
}
