package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import microsoft.sql.DateTimeOffset;
import microsoft.sql.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft's JDBC driver: TDS 7.4. */
class MicrosoftJdbcTest extends JdbcClientTest {
    @Override
    String url() {
        return "jdbc:sqlserver://localhost:" + port() + ";databaseName=" + DATABASE
                + ";encrypt=false;trustServerCertificate=true";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepareMethod=prepexec",
                "prepareMethod=prepare",
                "prepareMethod=none",
                "enablePrepareOnFirstPreparedStatementCall=true",
                "sendStringParametersAsUnicode=false",
                "selectMethod=cursor",
                "encrypt=true",
                "packetSize=512",
                "responseBuffering=full",
            })
    void worksInEveryMode(String option) throws SQLException {
        String url = url().replace("encrypt=false;", "") + ";encrypt=false;" + option;
        if (option.startsWith("encrypt")) {
            url = url().replace("encrypt=false", option);
        }
        try (Connection special = DriverManager.getConnection(url, USER, PASSWORD);
                PreparedStatement select = special.prepareStatement("select ? as a, ? as b")) {
            for (int i = 0; i < 4; i++) {
                select.setInt(1, i);
                select.setString(2, "text " + i);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                    assertThat(rows.getString(2)).isEqualTo("text " + i);
                }
            }
        }
    }

    static List<Arguments> temporalValues() {
        return List.of(
                Arguments.of("date", LocalDate.of(1, 1, 1)),
                Arguments.of("date", LocalDate.of(9999, 12, 31)),
                Arguments.of("time(0)", LocalTime.of(23, 59, 59)),
                Arguments.of("datetime2(7)", LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_700)),
                Arguments.of("datetime2(0)", LocalDateTime.of(1, 1, 1, 0, 0)),
                Arguments.of("datetimeoffset(3)", OffsetDateTime.parse("2024-02-29T13:14:15.123+05:30")));
    }

    @ParameterizedTest
    @MethodSource("temporalValues")
    void keepsDatesAndTimes(String type, Object value) throws SQLException {
        run("drop table if exists temporal", "create table temporal (v " + type + ")");
        try (PreparedStatement insert = connection.prepareStatement("insert into temporal values (?)")) {
            insert.setObject(1, value);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select v from temporal")) {
            assertThat(rows.next()).isTrue();
            Object kept = rows.getObject(1, value.getClass());
            assertThat(kept).isEqualTo(value);
        }
    }

    @Test
    void keepsGuidsAndOffsets() throws SQLException {
        UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        run("create table guids (id uniqueidentifier, o datetimeoffset)");
        try (PreparedStatement insert = connection.prepareStatement("insert into guids values (?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, DateTimeOffset.valueOf(java.sql.Timestamp.valueOf("2024-02-29 01:02:03"), 60));
            insert.executeUpdate();
        }
        assertThat(value("select id from guids")).isEqualTo(id.toString().toUpperCase(java.util.Locale.ROOT));
        try (PreparedStatement select = connection.prepareStatement("select count(*) from guids where id = ?")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void jsonAndVectorsTravelAsTheirTypes() throws SQLException {
        run("create table native_types (id int primary key, j json, v vector(3))");
        Float[] numbers = {1f, 2.5f, -3f};
        try (PreparedStatement insert = connection.prepareStatement("insert into native_types values (?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setObject(2, "{\"a\": \"日本\"}", microsoft.sql.Types.JSON);
            insert.setObject(
                    3, new Vector(3, Vector.VectorDimensionType.FLOAT32, numbers), microsoft.sql.Types.VECTOR);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        run("insert into native_types values (2, null, null)");
        String query = "select j, v from native_types order by id";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("json");
            assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("vector");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("{\"a\": \"日本\"}");
            assertThat(rows.getObject(2, Vector.class).getData()).isEqualTo(numbers);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isNull();
            assertThat(rows.getObject(2, Vector.class).getData()).isNull();
        }
        try (Connection without = DriverManager.getConnection(url() + ";vectorTypeSupport=off", USER, PASSWORD);
                Statement statement = without.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("varchar");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(2)).isEqualTo("[1.0000000e+000,2.5000000e+000,-3.0000000e+000]");
        }
        run("drop table native_types");
    }

    @Test
    void errorsCarryStateAndSeverity() {
        assertThatThrownBy(() -> run("raiserror('careful', 16, 7)"))
                .isInstanceOfSatisfying(SQLServerException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(50000);
                    assertThat(e.getSQLServerError().getErrorState()).isEqualTo(7);
                    assertThat(e.getSQLServerError().getErrorSeverity()).isEqualTo(16);
                    assertThat(e.getMessage()).contains("careful");
                });
        assertThatThrownBy(() -> run("throw 50123, 'thrown', 4"))
                .isInstanceOfSatisfying(
                        SQLServerException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(50123));
    }

    @Test
    void messagesAreWarnings() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("print 'hello'");
            SQLWarning warning = statement.getWarnings();
            assertThat(warning.getMessage()).isEqualTo("hello");
        }
    }

    @Test
    void anErrorInTheMiddleOfABatchIsMetInItsPlace() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select 1 as a; select 1 / 0 as b; select 3 as c"))
                    .isTrue();
            assertThatThrownBy(() -> {
                        if (statement.getMoreResults()) {
                            statement.getResultSet().next();
                        }
                    })
                    .hasMessageContaining("ivide by zero");
        }
        assertThat(value("select 1")).isEqualTo(1);
    }

    @Test
    void callsSystemProcedures() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call sp_executesql(?, ?, ?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setNString(2, "select @x + 1 as y");
            call.setNString(3, "@x int");
            call.setInt(4, 41);
            assertThat(call.execute()).isTrue();
            try (ResultSet rows = call.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
            assertThat(call.getMoreResults()).isFalse();
            assertThat(call.getInt(1)).isZero();
        }
    }

    @Test
    void aChangedDatabaseIsSeenByTheDriver() throws SQLException {
        run("use other");
        assertThat(connection.getCatalog()).isEqualTo("other");
        run("use " + DATABASE);
        assertThat(connection.getCatalog()).isEqualTo(DATABASE);
    }

    @Test
    void isValidAndClosesTwice() throws SQLException {
        Connection other = open();
        assertThat(other.isValid(5)).isTrue();
        other.close();
        other.close();
        assertThat(other.isClosed()).isTrue();
    }
}
