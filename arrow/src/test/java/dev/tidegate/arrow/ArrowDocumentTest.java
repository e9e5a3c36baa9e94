package dev.tidegate.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/arrow.md run, and the embedded server's queries with them. */
class ArrowDocumentTest extends OnEmbeddedServer {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private ConnectionSettings settings;

    @BeforeEach
    void makeTable() throws Exception {
        settings = settings();
        run("CREATE TABLE dbo.items (id INT NOT NULL PRIMARY KEY, name NVARCHAR(20) NULL)");
        run("INSERT INTO dbo.items VALUES (1, N'one'), (2, N'two'), (3, NULL)");
    }

    @Test
    void theExampleOfReadingReads() throws Exception {
        List<String> names = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                TdsConnection connection = TdsConnection.open(settings);
                QueryReader reader = TidegateArrow.query(
                        connection,
                        "SELECT id, name FROM items WHERE id >= @id ORDER BY id",
                        List.of(Parameter.in("@id", TypeInfo.integer(), 2)),
                        allocator,
                        ArrowReadOptions.DEFAULTS.withBatchRows(1000))) {
            while (reader.loadNextBatch()) {
                VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                for (int row = 0; row < batch.getRowCount(); row++) {
                    names.add(batch.getVector("id").getObject(row) + " "
                            + batch.getVector("name").getObject(row));
                }
            }
        }
        assertThat(names).containsExactly("2 two", "3 null");
    }

    @Test
    void theExampleOfLoadingLoads() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                TdsConnection from = TdsConnection.open(settings);
                TdsConnection connection = TdsConnection.open(settings);
                QueryReader batches =
                        TidegateArrow.query(from, "SELECT id + 10 AS id, name FROM dbo.items", List.of(), allocator)) {
            long stored = TidegateArrow.load(connection, "dbo.items", batches);
            assertThat(stored).isEqualTo(3);
        }
    }

    @Test
    void aParameterWithoutANameIsNamedByItsPlace() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                TdsConnection connection = TdsConnection.open(settings);
                QueryReader reader = TidegateArrow.query(
                        connection,
                        "SELECT name FROM items WHERE id BETWEEN @p1 AND @p2",
                        List.of(Parameter.in(TypeInfo.integer(), 1), Parameter.in(TypeInfo.integer(), 1)),
                        allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(reader.getVectorSchemaRoot().getVector(0).getObject(0)).hasToString("one");
            assertThat(reader.loadNextBatch()).isFalse();
            assertThatThrownBy(() -> TidegateArrow.query(
                            connection,
                            "SELECT 1",
                            List.of(Parameter.in("@a int; DROP TABLE items --", TypeInfo.integer(), 1)),
                            allocator))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anErrorInTheMiddleOfAResultIsTheReadersAndTheConnectionGoesOn() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                TdsConnection connection = TdsConnection.open(settings)) {
            try (QueryReader reader = TidegateArrow.query(
                    connection,
                    "SELECT id FROM items; RAISERROR('late', 16, 1)",
                    List.of(),
                    allocator,
                    ArrowReadOptions.DEFAULTS.withBatchRows(2))) {
                assertThat(reader.loadNextBatch()).isTrue();
                // The last batch counts only with the end of all.
                assertThatThrownBy(reader::loadNextBatch)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("late")
                        .satisfies(e -> assertThat(DatabaseError.of((SQLException) e.getCause()))
                                .isPresent());
            }
            try (QueryReader two =
                    TidegateArrow.query(connection, "SELECT 1 AS a; SELECT 2 AS b", List.of(), allocator)) {
                assertThatThrownBy(two::loadNextBatch).hasMessageContaining("more than one result");
            }
            try (QueryReader reader = TidegateArrow.query(connection, "SELECT 1 AS a", List.of(), allocator)) {
                assertThat(reader.loadNextBatch()).isTrue();
            }
        }
    }

    /** What the document shows is what this class runs, but for spaces. */
    @Test
    void theDocumentShowsWhatRuns() throws Exception {
        String source = plain(
                Files.readString(Path.of("src", "test", "java", "dev", "tidegate", "arrow", "ArrowDocumentTest.java")));
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "arrow.md")));
        int examples = 0;
        while (example.find()) {
            examples++;
            assertThat(source).contains(plain(example.group(1)));
        }
        assertThat(examples).isEqualTo(2);
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
