package dev.tidegate.arrow.adbc;

import dev.tidegate.client.TableName;
import dev.tidegate.client.range.KeyRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a table, as it travels between processes. There is nothing in it but names and the two ends of a range: no server, no login,
 * and no T-SQL but what is made here of these, so that whoever reads a part that somebody else has sent him reads rows and does nothing
 * else.
 *
 * @param columns unquoted
 * @param range null for the whole table
 */
record Partition(TableName table, List<String> columns, KeyRange range) {
    private static final int MAGIC = 0x54475031;
    /** What a table of SQL Server can have. */
    private static final int MOST_COLUMNS = 30_000;

    private static final int MOST_BYTES = 1 << 24;

    Partition {
        columns = List.copyOf(columns);
    }

    String sql() {
        String where = range == null ? "" : range.predicate();
        return columns.stream().map(TableName::quote).collect(Collectors.joining(", ", "SELECT ", " FROM "))
                + table.sql()
                + (where.isEmpty() ? "" : " WHERE " + where);
    }

    ByteBuffer toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            write(out, table.parts());
            write(out, columns);
            out.writeBoolean(range != null);
            if (range != null) {
                out.writeUTF(range.column());
                write(out, range.from());
                write(out, range.below());
                out.writeBoolean(range.withNulls());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    /** @throws IllegalArgumentException for anything that {@link #toBytes} does not make */
    static Partition of(ByteBuffer descriptor) {
        ByteBuffer from = descriptor.duplicate();
        if (from.remaining() > MOST_BYTES) {
            throw refused("it has " + from.remaining() + " bytes", null);
        }
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw refused("it does not begin as one", null);
            }
            TableName table = new TableName(texts(in, 1, 3));
            List<String> columns = texts(in, 1, MOST_COLUMNS);
            KeyRange range =
                    in.readBoolean() ? new KeyRange(in.readUTF(), optional(in), optional(in), in.readBoolean()) : null;
            if (in.read() >= 0) {
                throw refused("something follows its end", null);
            }
            return new Partition(table, columns, range);
        } catch (IOException e) {
            throw refused("it is cut, or its text is broken", e);
        }
    }

    private static List<String> texts(DataInputStream in, int least, int most) throws IOException {
        int count = in.readInt();
        if (count < least || count > most) {
            throw refused("it has " + count + " names where " + least + " to " + most + " belong", null);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static String optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static IllegalArgumentException refused(String why, Exception cause) {
        return new IllegalArgumentException("the descriptor is not one that executePartitioned gave: " + why, cause);
    }
}
