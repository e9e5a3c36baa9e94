package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.adbc.CatalogTree.Catalog;
import dev.tidegate.arrow.adbc.CatalogTree.Column;
import dev.tidegate.arrow.adbc.CatalogTree.Constraint;
import dev.tidegate.arrow.adbc.CatalogTree.Schema;
import dev.tidegate.arrow.adbc.CatalogTree.Table;
import dev.tidegate.arrow.adbc.CatalogTree.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Writes a tree of objects as lists of structs within lists, as ADBC's schema of GetObjects has it. */
final class ObjectsBatch {
    private ObjectsBatch() {}

    static VectorSchemaRoot of(List<Catalog> catalogs, BufferAllocator allocator) {
        VectorSchemaRoot root = VectorSchemaRoot.create(StandardSchemas.GET_OBJECTS_SCHEMA, allocator);
        try {
            root.allocateNew();
            ListVector schemas = (ListVector) root.getVector(1);
            for (int i = 0; i < catalogs.size(); i++) {
                put(root.getVector(0), i, catalogs.get(i).name());
                list(
                        schemas,
                        i,
                        catalogs.get(i).schemas() == null
                                ? null
                                : catalogs.get(i).schemas().values(),
                        ObjectsBatch::schema);
            }
            root.setRowCount(catalogs.size());
            return root;
        } catch (RuntimeException | Error e) {
            root.close();
            throw e;
        }
    }

    /** Writes an element of a list. */
    @FunctionalInterface
    interface Element<T> {
        void write(FieldVector elements, int place, T value);
    }

    static <T> void list(ListVector list, int row, Collection<T> values, Element<T> element) {
        if (values == null) {
            list.setNull(row);
            return;
        }
        int place = list.startNewValue(row);
        for (T value : values) {
            element.write(list.getDataVector(), place, value);
            place++;
        }
        list.endValue(row, values.size());
    }

    static StructVector begin(FieldVector elements, int place) {
        StructVector struct = (StructVector) elements;
        struct.setIndexDefined(place);
        return struct;
    }

    private static void schema(FieldVector elements, int place, Schema schema) {
        StructVector struct = begin(elements, place);
        put(struct.getChild("db_schema_name"), place, schema.name());
        list(
                (ListVector) struct.getChild("db_schema_tables"),
                place,
                schema.tables() == null ? null : schema.tables().values(),
                ObjectsBatch::table);
    }

    private static void table(FieldVector elements, int place, Table table) {
        StructVector struct = begin(elements, place);
        put(struct.getChild("table_name"), place, table.name());
        put(struct.getChild("table_type"), place, table.type());
        list((ListVector) struct.getChild("table_columns"), place, table.columns(), ObjectsBatch::column);
        list(
                (ListVector) struct.getChild("table_constraints"),
                place,
                table.constraints() == null ? null : table.constraints().values(),
                ObjectsBatch::constraint);
    }

    private static void column(FieldVector elements, int place, Column column) {
        StructVector struct = begin(elements, place);
        put(struct.getChild("column_name"), place, column.name());
        put(struct.getChild("ordinal_position"), place, column.position());
        put(struct.getChild("xdbc_type_name"), place, column.type());
        put(struct.getChild("xdbc_column_size"), place, column.size());
        put(struct.getChild("xdbc_decimal_digits"), place, column.digits());
        put(struct.getChild("xdbc_char_octet_length"), place, column.octets());
        put(struct.getChild("xdbc_nullable"), place, column.nullable() ? 1 : 0);
        put(struct.getChild("xdbc_is_nullable"), place, column.nullable() ? "YES" : "NO");
        put(struct.getChild("xdbc_column_def"), place, column.byDefault());
    }

    private static void constraint(FieldVector elements, int place, Constraint constraint) {
        StructVector struct = begin(elements, place);
        put(struct.getChild("constraint_name"), place, constraint.name());
        put(struct.getChild("constraint_type"), place, constraint.type());
        list((ListVector) struct.getChild("constraint_column_names"), place, constraint.columns(), ObjectsBatch::put);
        list((ListVector) struct.getChild("constraint_column_usage"), place, constraint.usages(), ObjectsBatch::usage);
    }

    private static void usage(FieldVector elements, int place, Usage usage) {
        StructVector struct = begin(elements, place);
        put(struct.getChild("fk_catalog"), place, usage.catalog());
        put(struct.getChild("fk_db_schema"), place, usage.schema());
        put(struct.getChild("fk_table"), place, usage.table());
        put(struct.getChild("fk_column_name"), place, usage.column());
    }

    static void put(FieldVector vector, int place, String value) {
        if (value != null) {
            ((VarCharVector) vector).setSafe(place, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(FieldVector vector, int place, Integer value) {
        if (value != null && vector instanceof SmallIntVector small) {
            small.setSafe(place, value);
        } else if (value != null) {
            ((IntVector) vector).setSafe(place, value);
        }
    }
}
