package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.adbc.Statistics.OfCatalog;
import dev.tidegate.arrow.adbc.Statistics.Statistic;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Writes statistics as ADBC's schema of GetStatistics has them. */
final class StatisticsBatch {
    /** Of the union of values. */
    private static final byte INT64 = 0;

    private final boolean approximate;
    private int values;

    private StatisticsBatch(boolean approximate) {
        this.approximate = approximate;
    }

    static VectorSchemaRoot of(List<OfCatalog> catalogs, boolean approximate, BufferAllocator allocator) {
        VectorSchemaRoot root = VectorSchemaRoot.create(StandardSchemas.GET_STATISTICS_SCHEMA, allocator);
        try {
            root.allocateNew();
            new StatisticsBatch(approximate).fill(root, catalogs);
            return root;
        } catch (RuntimeException | Error e) {
            root.close();
            throw e;
        }
    }

    private void fill(VectorSchemaRoot root, List<OfCatalog> catalogs) {
        for (int i = 0; i < catalogs.size(); i++) {
            ObjectsBatch.put(root.getVector(0), i, catalogs.get(i).catalog());
            ObjectsBatch.list(
                    (ListVector) root.getVector(1), i, catalogs.get(i).schemas().entrySet(), this::schema);
        }
        root.setRowCount(catalogs.size());
    }

    private void schema(FieldVector elements, int place, Map.Entry<String, List<Statistic>> schema) {
        StructVector struct = ObjectsBatch.begin(elements, place);
        ObjectsBatch.put(struct.getChild("db_schema_name"), place, schema.getKey());
        ObjectsBatch.list(
                (ListVector) struct.getChild("db_schema_statistics"), place, schema.getValue(), this::statistic);
    }

    private void statistic(FieldVector elements, int place, Statistic statistic) {
        StructVector struct = ObjectsBatch.begin(elements, place);
        ObjectsBatch.put(struct.getChild("table_name"), place, statistic.table());
        ObjectsBatch.put(struct.getChild("column_name"), place, statistic.column());
        ((SmallIntVector) struct.getChild("statistic_key"))
                .setSafe(place, statistic.kind().getKey());
        DenseUnionVector value = (DenseUnionVector) struct.getChild("statistic_value");
        while (value.getValueCapacity() <= place) {
            value.reAlloc();
        }
        value.setTypeId(place, INT64);
        value.setOffset(place, values);
        value.getBigIntVector(INT64).setSafe(values, statistic.value());
        values++;
        value.getBigIntVector(INT64).setValueCount(values);
        ((BitVector) struct.getChild("statistic_is_approximate")).setSafe(place, approximate ? 1 : 0);
    }
}
