package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a response down as lines of text. */
class RecordingSink implements ResponseSink {
    private final List<String> lines = new ArrayList<>();
    private int done;

    List<String> lines() {
        return lines;
    }

    int timesDone() {
        return done;
    }

    @Override
    public void columns(List<Column> columns) {
        lines.add("columns " + columns.stream().map(RecordingSink::describe).collect(Collectors.joining(" | ")));
    }

    private static String describe(Column column) {
        String text = column.name() + " " + SqlType.of(column.type()) + (column.isNullable() ? "" : " not null")
                + (column.isIdentity() ? " identity" : "");
        return text.strip();
    }

    @Override
    public void row(Object[] values) {
        lines.add("row " + Arrays.stream(values).map(RecordingSink::show).collect(Collectors.joining(" | ")));
    }

    static String show(Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text + "'";
            case byte[] bytes -> "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
            case SqlVariant variant -> variant.type().toSql() + " " + show(variant.value());
            case float[] vector -> Arrays.toString(vector);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    @Override
    public void statementDone(int command, long count) {
        String name = switch (command) {
            case Done.COMMAND_SELECT -> "select";
            case Done.COMMAND_INSERT -> "insert";
            case Done.COMMAND_UPDATE -> "update";
            case Done.COMMAND_DELETE -> "delete";
            case Done.COMMAND_MERGE -> "merge";
            default -> "";
        };
        if (command != 0 || count >= 0) {
            lines.add("done " + name + (count < 0 ? "" : " " + count));
        }
    }

    @Override
    public void statementFailed(int command) {
        lines.add("failed");
    }

    @Override
    public void message(ServerMessage message) {
        lines.add((message.error() ? "error " : "message ") + message.number() + " " + message.severity() + " line "
                + message.line() + ": " + message.text());
    }

    @Override
    public void environment(EnvChange change) {
        lines.add(
                switch (change) {
                    case EnvChange.Transaction transaction ->
                        switch (transaction.type()) {
                            case EnvChange.BEGIN_TRANSACTION -> "begun";
                            case EnvChange.COMMIT_TRANSACTION -> "committed";
                            default -> "rolled back";
                        };
                    case EnvChange.Text text -> "environment " + text.type() + " " + text.newValue();
                    default -> "environment " + change.type();
                });
    }

    @Override
    public void returnStatus(int status) {
        lines.add("status " + status);
    }

    @Override
    public void returnValue(int ordinal, String name, TypeInfo type, Object value) {
        lines.add("output " + ordinal + " " + name + " " + SqlType.of(type) + " " + show(value));
    }

    @Override
    public void done() {
        done++;
    }
}
