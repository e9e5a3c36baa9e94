package dev.tidegate.server.backend;

import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;

/** Takes a response in order and sends it as tokens. Blocks when the client reads slowly. Not thread-safe. */
public interface ResponseSink {
    /** A result set begins. */
    void columns(List<Column> columns);

    /** @param values one for each column, in the Java form that {@code ValueCodec} documents; lent for the call */
    void row(Object[] values);

    /** Whether rows of the result that has begun may also be given by {@link #row(ColumnSource[])}. */
    default boolean takesCells() {
        return false;
    }

    /**
     * A row without an object for each value; only after {@link #takesCells} has said so.
     *
     * @param cells one for each column, asked for their row 0; lent for the call
     */
    default void row(ColumnSource[] cells) {
        throw new UnsupportedOperationException("this response takes values only");
    }

    /**
     * A statement is done.
     *
     * @param command {@code Done.COMMAND_…}, or 0
     * @param count rows affected or returned; -1 if there is no count (SET NOCOUNT ON, DDL)
     */
    void statementDone(int command, long count);

    /** A statement failed; the error messages were given before. */
    void statementFailed(int command);

    /** An error or information message. */
    void message(ServerMessage message);

    void environment(EnvChange change);

    void returnStatus(int status);

    void returnValue(int ordinal, String name, TypeInfo type, Object value);

    /** The response is complete. */
    void done();

    /** In place of {@link #done}: the call was cancelled before its end, so that nothing more is known of it. */
    default void cancelled() {
        done();
    }
}
