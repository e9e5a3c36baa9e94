package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement fails of has its type and its SQLState, whenever it comes to light: at once, or while a result is read. */
class TypedFailureTest extends OnAttachedServer {
    private static final String LOCAL =
            "SELECT count(*) FROM range(1000000000) a, range(10000000) b WHERE a.range % 7 = b.range % 3";
    private static final String REMOTE = "SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)";

    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY)",
                "INSERT INTO dbo.t SELECT TOP (5000) ROW_NUMBER() OVER (ORDER BY a.object_id) FROM sys.all_objects a"
                        + " CROSS JOIN sys.all_objects b CROSS JOIN sys.all_objects c");
        attach("ms", "");
    }

    /** @return a connection that reads a result from DuckDB while DuckDB makes it */
    private EngineConnection streaming(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        EngineConnection connection = TidegateDuckDB.open("", properties);
        run(connection, "ATTACH '" + url + "' AS s (TYPE mssql)");
        return connection;
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, REMOTE})
    @Guarantee(value = "G14", surface = Surface.E)
    void aCancelIsNoTimeOut(String query) throws Exception {
        try (EngineConnection other = duckdb().duplicate();
                Statement statement = other.createStatement()) {
            CompletableFuture<Throwable> failure = apart(() -> catchThrowable(() -> statement.executeQuery(query)));
            while (!failure.isDone()) {
                // The first ones may come before there is anything to cancel.
                statement.cancel();
                Thread.sleep(20);
            }
            assertThat(failure.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(SQLTimeoutException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57014");
            // What is asked next is another matter.
            try (ResultSet tables = other.getMetaData().getTables("ms", "dbo", "%", null)) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo("t");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, REMOTE})
    @Guarantee(value = "G14", surface = Surface.E)
    void aTimeOutIsNoCancel(String query) throws SQLException {
        try (Statement statement = duckdb().createStatement()) {
            statement.setQueryTimeout(1);
            SQLTimeoutException failure =
                    catchThrowableOfType(SQLTimeoutException.class, () -> statement.executeQuery(query));
            assertThat(failure.getSQLState()).isEqualTo("HYT00");
        }
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("5000");
    }

    @Test
    @Guarantee(value = "G15", surface = Surface.E)
    void anErrorOfTheServerInTheMiddleOfAStreamIsTheServers() throws SQLException {
        try (EngineConnection stream = streaming(url());
                Statement statement = stream.createStatement()) {
            SQLException failure = catchThrowableOfType(SQLException.class, () -> {
                statement.execute(
                        "FROM mssql_query('s', 'SELECT id, 100 / (id - m) AS x FROM dbo.t CROSS JOIN (SELECT MAX(id) AS m FROM dbo.t) AS most')");
                readAll(statement.getResultSet());
            });
            assertThat(failure.getErrorCode()).isEqualTo(8134);
            assertThat(failure.getSQLState()).isEqualTo("22012");
            assertThat(rows(stream, "SELECT count(*) FROM s.dbo.t")).containsExactly("5000");
        }
    }

    @Test
    @Guarantee(value = "G15", surface = Surface.E)
    void aLineThatBreaksInTheMiddleOfAStreamIsKnownAsThat() throws SQLException, IOException {
        try (FaultProxy proxy = proxy();
                EngineConnection stream = streaming(urlThrough(proxy));
                Statement statement = stream.createStatement()) {
            ResultSet result = statement.executeQuery("FROM mssql_query('s', $$" + ENDLESS + "$$)");
            assertThat(result.next()).isTrue();
            proxy.live().forEach(connection -> connection.cut(Ending.RESET));
            Throwable failure = catchThrowable(() -> readAll(result));
            assertThat(failure).isInstanceOf(SQLException.class);
            assertThat(Disconnects.isDisconnect(failure)).as(failure.toString()).isTrue();
        }
    }

    @Test
    @Guarantee(value = "G12", surface = Surface.E)
    void aCancelInTheMiddleOfAStreamIsKnownAsThat() throws SQLException {
        try (EngineConnection stream = streaming(url());
                Statement statement = stream.createStatement()) {
            ResultSet result = statement.executeQuery("FROM mssql_query('s', $$" + ENDLESS + "$$)");
            assertThat(result.next()).isTrue();
            assertThat(result.getStatement()).isSameAs(statement);
            statement.cancel();
            assertThat(catchThrowableOfType(SQLException.class, () -> readAll(result))
                            .getSQLState())
                    .isEqualTo("57014");
            assertThat(rows(stream, "SELECT count(*) FROM s.dbo.t")).containsExactly("5000");
        }
    }

    /** Nothing is said of servers where none had a part in it. */
    @Test
    void whatDuckdbFailsOfIsDuckdbs() throws SQLException {
        try (EngineConnection stream = streaming(url())) {
            String fails = "SELECT CASE WHEN i > 1900000 THEN error('enough') ELSE i END FROM range(2000000) r(i)";
            for (EngineConnection connection : List.of(duckdb(), stream)) {
                assertThat(catchThrowable(() -> rows(connection, fails)))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("enough")
                        .hasNoCause();
            }
        }
    }

    private static void readAll(ResultSet result) throws SQLException {
        while (result.next()) {
            result.getInt(1);
        }
    }
}
