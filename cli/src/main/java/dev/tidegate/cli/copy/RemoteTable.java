package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.duckdb.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A SQL Server table's name in its parts.
 *
 * @param parts one to three: database, schema, table; unquoted
 */
record RemoteTable(List<String> parts) {
    private static final int LONGEST_NAME = 128;

    RemoteTable {
        parts = List.copyOf(parts);
    }

    /** @param text as T-SQL writes it: parts with points between, each plain, in brackets or in double quotes */
    static RemoteTable parse(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            char first = at < text.length() ? text.charAt(at) : '.';
            if (first == '[' || first == '"') {
                char close = first == '[' ? ']' : '"';
                StringBuilder part = new StringBuilder();
                for (at++; ; at++) {
                    if (at >= text.length()) {
                        throw CliException.usage("the table name " + text + " lacks a closing " + close);
                    }
                    if (text.charAt(at) == close) {
                        if (at + 1 >= text.length() || text.charAt(at + 1) != close) {
                            break;
                        }
                        at++;
                    }
                    part.append(text.charAt(at));
                }
                parts.add(part.toString());
                at++;
            } else {
                int end = text.indexOf('.', at);
                parts.add(text.substring(at, end < 0 ? text.length() : end));
                at = end < 0 ? text.length() : end;
            }
            if (at < text.length() && text.charAt(at) != '.') {
                throw CliException.usage("the table name " + text + " goes on after a closing quote");
            }
            at++;
        }
        if (parts.size() > 3 || parts.getLast().isEmpty()) {
            throw CliException.usage(
                    "'" + text + "' is not a table's name; write table, schema.table or" + " database.schema.table");
        }
        return new RemoteTable(parts);
    }

    /** For T-SQL. */
    String sql() {
        return String.join(
                ".",
                parts.stream()
                        .map(part -> part.isEmpty() ? "" : Identifiers.sqlServer(part))
                        .toList());
    }

    String shown() {
        return String.join(".", parts);
    }

    /** A name for another table in the same schema, which nobody else has. */
    RemoteTable beside() {
        String mark = "__tidegate_" + UUID.randomUUID().toString().substring(0, 8);
        String name = parts.getLast();
        List<String> renamed = new ArrayList<>(parts.subList(0, parts.size() - 1));
        renamed.add(name.substring(0, Math.min(name.length(), LONGEST_NAME - mark.length())) + mark);
        return new RemoteTable(renamed);
    }

    /** The statement that gives this table the name of another one beside it. */
    String rename(RemoteTable to) {
        String procedure = parts.size() == 3 && !parts.getFirst().isEmpty()
                ? Identifiers.sqlServer(parts.getFirst()) + "..sp_rename"
                : "sp_rename";
        String from = String.join(
                ".",
                parts.subList(Math.max(0, parts.size() - 2), parts.size()).stream()
                        .filter(part -> !part.isEmpty())
                        .map(Identifiers::sqlServer)
                        .toList());
        return "EXEC " + procedure + " N" + Identifiers.literal(from) + ", N" + Identifiers.literal(to.parts.getLast());
    }
}
