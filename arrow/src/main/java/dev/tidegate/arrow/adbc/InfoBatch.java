package dev.tidegate.arrow.adbc;

import dev.tidegate.client.ServerInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcInfoCode;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;

/** What driver and server say of themselves. */
final class InfoBatch {
    private static final byte STRING = 0;
    private static final byte BOOL = 1;
    private static final byte INT64 = 2;

    private InfoBatch() {}

    /** @param wanted codes; null for all, and those that are not known are left out */
    static VectorSchemaRoot of(ServerInfo server, int[] wanted, BufferAllocator allocator) {
        Map<Integer, Object> all = all(server);
        Map<Integer, Object> chosen = wanted == null ? all : new LinkedHashMap<>();
        if (wanted != null) {
            for (int code : wanted) {
                if (all.containsKey(code)) {
                    chosen.put(code, all.get(code));
                }
            }
        }
        VectorSchemaRoot root = VectorSchemaRoot.create(StandardSchemas.GET_INFO_SCHEMA, allocator);
        try {
            fill(root, chosen);
            return root;
        } catch (RuntimeException | Error e) {
            root.close();
            throw e;
        }
    }

    private static Map<Integer, Object> all(ServerInfo server) {
        Map<Integer, Object> all = new LinkedHashMap<>();
        all.put(AdbcInfoCode.VENDOR_NAME.getValue(), server.programName());
        all.put(AdbcInfoCode.VENDOR_VERSION.getValue(), server.version());
        all.put(AdbcInfoCode.VENDOR_SQL.getValue(), true);
        all.put(AdbcInfoCode.VENDOR_SUBSTRAIT.getValue(), false);
        all.put(AdbcInfoCode.DRIVER_NAME.getValue(), "Tidegate ADBC driver");
        all.put(AdbcInfoCode.DRIVER_VERSION.getValue(), version(InfoBatch.class));
        all.put(AdbcInfoCode.DRIVER_ARROW_VERSION.getValue(), version(VectorSchemaRoot.class));
        all.put(AdbcInfoCode.DRIVER_ADBC_VERSION.getValue(), AdbcDriver.ADBC_VERSION_1_1_0);
        return all;
    }

    /** Of the class's jar; classes in a folder have none. */
    private static String version(Class<?> of) {
        String version = of.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static void fill(VectorSchemaRoot root, Map<Integer, Object> infos) {
        UInt4Vector names = (UInt4Vector) root.getVector(0);
        DenseUnionVector values = (DenseUnionVector) root.getVector(1);
        names.allocateNew(infos.size());
        values.allocateNew();
        int[] used = new int[INT64 + 1];
        int row = 0;
        for (Map.Entry<Integer, Object> info : infos.entrySet()) {
            names.setSafe(row, info.getKey());
            byte kind = kind(info.getValue());
            int place = used[kind]++;
            values.setTypeId(row, kind);
            values.setOffset(row, place);
            put(values, kind, place, info.getValue());
            row++;
        }
        values.getVarCharVector(STRING).setValueCount(used[STRING]);
        values.getBitVector(BOOL).setValueCount(used[BOOL]);
        values.getBigIntVector(INT64).setValueCount(used[INT64]);
        root.setRowCount(infos.size());
    }

    private static byte kind(Object value) {
        return value instanceof String ? STRING : value instanceof Boolean ? BOOL : INT64;
    }

    private static void put(DenseUnionVector values, byte kind, int place, Object value) {
        switch (kind) {
            case STRING ->
                values.getVarCharVector(STRING).setSafe(place, ((String) value).getBytes(StandardCharsets.UTF_8));
            case BOOL -> values.getBitVector(BOOL).setSafe(place, (Boolean) value ? 1 : 0);
            default -> values.getBigIntVector(INT64).setSafe(place, (Long) value);
        }
    }
}
