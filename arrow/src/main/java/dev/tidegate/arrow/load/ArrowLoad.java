package dev.tidegate.arrow.load;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/** Sends all batches of a reader into one bulk load. */
public final class ArrowLoad {
    private ArrowLoad() {}

    /** See {@code TidegateArrow.load}. */
    public static long run(TdsConnection connection, String table, ArrowReader reader, ArrowLoadOptions options)
            throws SQLException {
        try (BulkLoad load = connection.bulkLoad(table, options.bulk())) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<Field> fields = root.getSchema().getFields();
            load.map(fields.stream().map(Field::getName).toArray(String[]::new));
            VectorSource[] sources = sources(reader, fields, load.columns(), new LoadMapping(options.allowed()));
            send(reader, root, sources, load);
            return load.finish();
        } catch (IOException e) {
            throw e.getCause() instanceof SQLException cause
                    ? cause
                    : new SQLException("the record batches to be loaded cannot be read: " + e.getMessage(), "HY000", e);
        }
    }

    private static void send(ArrowReader reader, VectorSchemaRoot root, VectorSource[] sources, BulkLoad load)
            throws IOException, SQLException {
        long sent = 0;
        while (reader.loadNextBatch()) {
            List<FieldVector> vectors = root.getFieldVectors();
            for (int i = 0; i < sources.length; i++) {
                sources[i].begin(vectors.get(i));
            }
            try {
                load.write((ColumnSource[]) sources, root.getRowCount());
            } catch (Misfit e) {
                throw e.after(sent);
            }
            sent += root.getRowCount();
        }
    }

    private static VectorSource[] sources(
            ArrowReader reader, List<Field> fields, List<Column> targets, LoadMapping mapping)
            throws IOException, SQLException {
        VectorSource[] sources = new VectorSource[fields.size()];
        for (int i = 0; i < sources.length; i++) {
            Field field = fields.get(i);
            sources[i] = field.getDictionary() == null
                    ? mapping.source(field, targets.get(i))
                    : dictionary(reader, field, targets.get(i), mapping);
        }
        return sources;
    }

    private static VectorSource dictionary(ArrowReader reader, Field field, Column target, LoadMapping mapping)
            throws IOException, SQLException {
        long id = field.getDictionary().getId();
        Dictionary dictionary = reader.getDictionaryVectors().get(id);
        Wholes places = Wholes.of(field.getType());
        if (dictionary == null || places == null) {
            throw new SQLException(
                    "column \"" + field.getName() + "\" needs dictionary " + id + ", which the reader does not have",
                    "HY000");
        }
        VectorSource values = mapping.source(dictionary.getVector().getField(), target);
        return new DictionarySource(
                target.name(), places, values, () -> reader.lookup(id).getVector());
    }
}
