package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLServerBulkCopy of Microsoft's driver. */
class MicrosoftBulkCopyTest extends ClientTest {
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = open();
        run(
                "drop table if exists target",
                "create table target (id int not null primary key, name nvarchar(10),"
                        + " amount decimal(12,2), ratio float)");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlserver://localhost:" + port() + ";databaseName=" + DATABASE + ";encrypt=false",
                USER,
                PASSWORD);
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long count(String what) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + what + " from target")) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    /** Rows 1 to {@code count} made while they are asked for. */
    private record Rows(int count, int badRow, Object badId, String badName, int[] at) implements ISQLServerBulkData {
        Rows(int count) {
            this(count, -1, null, null, new int[1]);
        }

        @Override
        public Set<Integer> getColumnOrdinals() {
            return Set.of(1, 2, 3, 4);
        }

        @Override
        public String getColumnName(int column) {
            return new String[] {"id", "name", "amount", "ratio"}[column - 1];
        }

        @Override
        public int getColumnType(int column) {
            return new int[] {Types.INTEGER, Types.NVARCHAR, Types.DECIMAL, Types.DOUBLE}[column - 1];
        }

        @Override
        public int getPrecision(int column) {
            return new int[] {10, 10, 12, 53}[column - 1];
        }

        @Override
        public int getScale(int column) {
            return column == 3 ? 2 : 0;
        }

        @Override
        public Object[] getRowData() {
            int row = at[0];
            if (row == badRow) {
                return new Object[] {badId, badName, null, null};
            }
            return new Object[] {row, row % 10 == 0 ? null : "n" + row, BigDecimal.valueOf(row * 25L, 2), row / 4.0};
        }

        @Override
        public boolean next() {
            return ++at[0] <= count;
        }
    }

    @Test
    void variantsKeepTheirTypes() throws SQLException {
        run(
                "drop table if exists v_from, v_to",
                "create table v_from (id int, v sql_variant)",
                "create table v_to (id int, v sql_variant)",
                "insert v_from values (1, cast(7 as smallint)), (2, $1.50), (3, N'text'), (4, null), (5, 1.5e0),"
                        + " (6, cast('2024-02-29' as date)), (7, cast(1 as bit))");
        try (Connection other = open();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("select id, v from v_from order by id");
                SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setDestinationTableName("dbo.v_to");
            copy.writeToServer(rows);
        }
        String types = "cast(sql_variant_property(%1$s.v, 'BaseType') as varchar(20))";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select f.id, t.v, " + types.formatted("t")
                        + " from v_from f join v_to t on t.id = f.id and (t.v = f.v or t.v is null and f.v is null)"
                        + " order by f.id")) {
            for (String type : new String[] {"smallint", "decimal", "nvarchar", null, "float", "date", "bit"}) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(3)).isEqualTo(type);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    private void load(Connection on, ISQLServerBulkData rows, int batchSize) throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setBatchSize(batchSize);
        options.setTableLock(true);
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(on)) {
            copy.setBulkCopyOptions(options);
            copy.setDestinationTableName("dbo.target");
            copy.writeToServer(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void loadsRowsThatAreMadeOnTheWay(int batchSize) throws SQLException {
        load(connection, new Rows(5000), batchSize);
        assertThat(count("count(*)")).isEqualTo(5000);
        assertThat(count("count(name)")).isEqualTo(4500);
        assertThat(count("sum(cast(id as bigint))")).isEqualTo(12_502_500);
        assertThat(count("cast(sum(amount) * 4 as bigint)")).isEqualTo(12_502_500);
    }

    @Test
    void copiesAResult() throws SQLException {
        run(
                "drop table if exists source",
                "create table source (id int, name nvarchar(10), amount decimal(12,2), ratio float)",
                "insert into source values (1, N'ä', 1.25, 0.5), (2, null, null, null)");
        try (Connection other = open();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("select * from source");
                SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setDestinationTableName("target");
            copy.writeToServer(rows);
        }
        assertThat(count("count(*)")).isEqualTo(2);
        assertThat(count("count(ratio)")).isEqualTo(1);
    }

    @Test
    void aDuplicateKeyLeavesNothingOfItsBatch() throws SQLException {
        run("insert into target (id) values (777)");
        assertThatThrownBy(() -> load(connection, new Rows(1000), 0))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(2627));
        assertThat(count("count(*)")).isEqualTo(1);
        load(connection, new Rows(700), 0);
        assertThat(count("count(*)")).isEqualTo(701);
    }

    @Test
    void aNullWhereNoneMayBeLeavesNothing() throws SQLException {
        assertThatThrownBy(() -> load(connection, new Rows(100, 50, null, "x", new int[1]), 0))
                .isInstanceOf(SQLException.class);
        assertThat(count("count(*)")).isZero();
    }

    @Test
    void aValueThatTheDriverRefusesLeavesNothing() throws SQLException {
        assertThatThrownBy(() -> load(connection, new Rows(100, 50, 50, "longer than ten", new int[1]), 0))
                .isInstanceOf(SQLException.class);
        assertThat(count("count(*)")).isZero();
        load(connection, new Rows(10), 0);
        assertThat(count("count(*)")).isEqualTo(10);
    }

    @Test
    void aLoadBelongsToItsTransaction() throws SQLException {
        connection.setAutoCommit(false);
        load(connection, new Rows(100), 0);
        assertThat(count("count(*)")).isEqualTo(100);
        connection.rollback();
        assertThat(count("count(*)")).isZero();
        load(connection, new Rows(100), 0);
        connection.commit();
        connection.setAutoCommit(true);
        assertThat(count("count(*)")).isEqualTo(100);
    }

    @Test
    void everyTypeIsLoaded() throws SQLException {
        run(
                "drop table if exists every_type",
                "drop table if exists every_copy",
                "create table every_type (a bit, b tinyint, c smallint, d int, e bigint, f real, g float, h"
                    + " decimal(20,4), i money, j char(4), k varchar(20), l nchar(4), m nvarchar(20), n varchar(max),"
                    + " o nvarchar(max), p binary(4), q varbinary(20), r varbinary(max), s date, t time(3), u"
                    + " datetime, v datetime2(7), w smalldatetime, x datetimeoffset(2), y uniqueidentifier)",
                "insert into every_type values (1, 255, -1, 2, 3, 1.5, 2.5, 12345.6789, 1.25, 'ab', 'cd', N'ef',"
                        + " N'gh', 'ij', N'kl', 0x01020304, 0x05, 0x0607, '2024-02-29', '13:14:15.123',"
                        + " '2024-02-29T13:14:15.123', '2024-02-29T13:14:15.1234567', '2024-02-29T13:14:00',"
                        + " '2024-02-29T13:14:15.12+02:00', '01234567-89AB-CDEF-0123-456789ABCDEF')",
                "insert into every_type (d) values (null)",
                "select * into every_copy from every_type where 1 = 0");
        try (Connection other = open();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("select * from every_type");
                SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setDestinationTableName("every_copy");
            copy.writeToServer(rows);
        }
        assertThat(text("select * from every_copy")).isEqualTo(text("select * from every_type"));
    }

    private String text(String query) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    text.append(rows.getString(i)).append('|');
                }
                text.append('\n');
            }
        }
        return text.toString();
    }
}
