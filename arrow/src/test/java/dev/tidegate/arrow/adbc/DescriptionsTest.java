package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.AdbcStatement.QueryResult;
import org.apache.arrow.adbc.core.AdbcStatusCode;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a statement that has not run is what is found when it runs. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
class DescriptionsTest extends OnAdbcConnection {
    private static final String EVERYTHING =
            "CREATE TABLE t (a bit NULL, b tinyint NOT NULL, c smallint, d int IDENTITY, e bigint, f real, g float,"
                    + " h decimal(12,3), i numeric(5,0), j money, k smallmoney, l date, m time(3), n datetime, o smalldatetime,"
                    + " p datetime2(7), q datetimeoffset(2), r char(3), s varchar(10), t varchar(max), u nchar(4), v nvarchar(5),"
                    + " w nvarchar(max), x binary(3), y varbinary(5), z varbinary(max), aa uniqueidentifier, ab xml)";

    private Schema described(String sql) throws Exception {
        try (AdbcStatement statement = connection().createStatement()) {
            statement.setSqlQuery(sql);
            return statement.executeSchema();
        }
    }

    private Schema run(String sql, boolean unused) throws Exception {
        try (AdbcStatement statement = connection().createStatement()) {
            statement.setSqlQuery(sql);
            try (QueryResult result = statement.executeQuery()) {
                return result.getReader().getVectorSchemaRoot().getSchema();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT 1 AS one, N'x' AS text, 1.25 AS number, NULL AS nothing",
                "SELECT COUNT(*) AS n, MAX(h) AS most FROM t",
                "SELECT a.b, c.v FROM t a LEFT JOIN t c ON c.b = a.b"
            })
    void theSchemaIsThatOfTheRows(String sql) throws Exception {
        update(EVERYTHING);
        assertThat(described(sql)).isEqualTo(run(sql, true));
    }

    @Test
    void nothingRunsForIt() throws Exception {
        update("CREATE TABLE t (n int)");
        assertThat(described("SELECT n FROM t").getFields())
                .extracting(Field::getName)
                .containsExactly("n");
        fails(AdbcStatusCode.INVALID_ARGUMENT, () -> described("INSERT INTO t VALUES (1)"));
        fails(AdbcStatusCode.NOT_FOUND, () -> described("SELECT n FROM nowhere"));
        assertThat(query("SELECT n FROM t")).isEmpty();
    }

    @Test
    void parametersAreToldAndTaken() throws Exception {
        update(EVERYTHING);
        String sql = "SELECT b, v FROM t WHERE d >= @least AND v = @p2";
        try (AdbcStatement statement = connection().createStatement()) {
            statement.setSqlQuery(sql);
            Schema parameters = statement.getParameterSchema();
            assertThat(parameters.getFields()).extracting(Field::getName).containsExactly("@least", "@p2");
            assertThat(parameters.getFields())
                    .extracting(Field::getType)
                    .containsExactly(new ArrowType.Int(32, true), ArrowType.Utf8.INSTANCE);
            assertThat(statement.executeSchema().getFields())
                    .extracting(Field::getName)
                    .containsExactly("b", "v");
            statement.setSqlQuery("SELECT 1 AS a");
            assertThat(statement.getParameterSchema().getFields()).isEmpty();
        }
        Schema one = new Schema(List.of(new Field("x", FieldType.nullable(new ArrowType.Int(32, true)), List.of())));
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot bound = VectorSchemaRoot.create(one, allocator)) {
            ((IntVector) bound.getVector(0)).setSafe(0, 3);
            bound.setRowCount(1);
            statement.setSqlQuery("SELECT @p1 AS same");
            statement.bind(bound);
            assertThat(statement.executeSchema().getFields())
                    .extracting(Field::getType)
                    .containsExactly(new ArrowType.Int(32, true));
        }
    }
}
