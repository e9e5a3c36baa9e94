package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.AdbcStatement.PartitionResult;
import org.apache.arrow.adbc.core.AdbcStatusCode;
import org.apache.arrow.adbc.core.PartitionDescriptor;
import org.apache.arrow.adbc.core.TypedKey;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query whose rows are read in parts, each on whatever connection. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
class PartitionedQueryTest extends OnAdbcConnection {
    private static final int ROWS = 500;

    private void fill(String columns) throws Exception {
        update("CREATE TABLE dbo.[it's] (" + columns + ")");
        update(IntStream.range(0, ROWS)
                .mapToObj(i -> "(" + i + ", N'text " + i + "')")
                .collect(Collectors.joining(", ", "INSERT INTO dbo.[it's] VALUES ", "")));
    }

    private PartitionResult divided(String sql, Integer wanted) throws Exception {
        try (AdbcStatement statement = connection().createStatement()) {
            statement.setSqlQuery(sql);
            if (wanted != null) {
                statement.setOption(new TypedKey<>("adbc.tidegate.partitions", Integer.class), wanted);
            }
            return statement.executePartitioned();
        }
    }

    /** On another connection. */
    private List<String> read(PartitionResult parts) throws Exception {
        List<String> rows = new ArrayList<>();
        try (AdbcConnection another = database().connect()) {
            for (PartitionDescriptor part : parts.getPartitionDescriptors()) {
                try (ArrowReader reader = another.readPartition(part.getDescriptor())) {
                    assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(parts.getSchema());
                    rows.addAll(values(reader));
                }
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT * FROM [it's]", "SELECT id, text FROM dbo.[it's]", "select[id],[text]from[demo]..[it's];"
            })
    void thePartsTogetherAreTheRows(String sql) throws Exception {
        fill("id int NOT NULL PRIMARY KEY, text nvarchar(20) NULL");
        PartitionResult parts = divided(sql, 7);
        assertThat(parts.getPartitionDescriptors()).hasSize(7);
        assertThat(parts.getAffectedRows()).isEqualTo(-1);
        assertThat(read(parts)).containsExactlyInAnyOrderElementsOf(query("SELECT id, text FROM dbo.[it's]"));
        // Rows outside of the keys that there were are in a part as well.
        update("INSERT INTO dbo.[it's] VALUES (-100, NULL), (100000, N'late')");
        assertThat(read(parts)).hasSize(ROWS + 2).contains("-100 null", "100000 late");
        assertThat(divided(sql, null).getPartitionDescriptors()).hasSize(16);
    }

    @Test
    void aTableWithoutAKeyIsOnePart() throws Exception {
        fill("id int NOT NULL, text nvarchar(20) NULL");
        PartitionResult parts = divided("SELECT text FROM dbo.[it's]", 7);
        assertThat(parts.getPartitionDescriptors()).hasSize(1);
        assertThat(read(parts)).hasSize(ROWS).contains("text 0", "text 499");
    }

    @Test
    void thePartsKeepTheirColumns() throws Exception {
        fill("id int NOT NULL PRIMARY KEY, text nvarchar(20) NULL");
        PartitionResult parts = divided("SELECT * FROM dbo.[it's]", 3);
        update("ALTER TABLE dbo.[it's] ADD more int NULL");
        assertThat(read(parts)).hasSize(ROWS);
    }

    @Test
    void whatCannotBeDividedIsRefused() throws Exception {
        fill("id int NOT NULL PRIMARY KEY, text nvarchar(20) NULL");
        fails(AdbcStatusCode.NOT_IMPLEMENTED, () -> divided("SELECT * FROM dbo.[it's] WHERE id > 5", 2));
        fails(AdbcStatusCode.NOT_FOUND, () -> divided("SELECT * FROM nowhere", 2));
        update("CREATE TABLE #mine (id int PRIMARY KEY)");
        fails(AdbcStatusCode.INVALID_ARGUMENT, () -> divided("SELECT * FROM #mine", 2));
        for (Object wrong : new Object[] {0, -1, 5000, "many", null}) {
            try (AdbcStatement statement = connection().createStatement()) {
                fails(
                        AdbcStatusCode.INVALID_ARGUMENT,
                        () -> statement.setOption(new TypedKey<>("adbc.tidegate.partitions", Object.class), wrong));
                fails(
                        AdbcStatusCode.NOT_IMPLEMENTED,
                        () -> statement.setOption(new TypedKey<>("adbc.unknown", Object.class), wrong));
            }
        }
        Schema none = new Schema(List.of());
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot bound = VectorSchemaRoot.create(none, allocator)) {
            statement.setSqlQuery("SELECT * FROM dbo.[it's]");
            statement.bind(bound);
            fails(AdbcStatusCode.NOT_IMPLEMENTED, statement::executePartitioned);
        }
    }

    /** It says where the rows are and who they are, and not how to get there; one that is made up is refused. */
    @Test
    void aDescriptorHoldsNoSecretAndIsNotBelieved() throws Exception {
        fill("id int NOT NULL PRIMARY KEY, text nvarchar(20) NULL");
        byte[] bytes = new byte[1000];
        ByteBuffer descriptor = divided("SELECT * FROM dbo.[it's]", 2)
                .getPartitionDescriptors()
                .get(0)
                .getDescriptor();
        int length = descriptor.remaining();
        descriptor.duplicate().get(bytes, 0, length);
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("demo", "dbo", "it's").doesNotContain(PASSWORD, USER + "\0", "127.0.0.1");
        fails(
                AdbcStatusCode.INVALID_ARGUMENT,
                () -> connection()
                        .readPartition(ByteBuffer.wrap("DROP TABLE dbo.[it's]".getBytes(StandardCharsets.UTF_8))));
        assertThat(query("SELECT COUNT(*) AS n FROM dbo.[it's]")).containsExactly("500");
    }
}
