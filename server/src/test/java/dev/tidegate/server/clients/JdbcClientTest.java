package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both JDBC clients have to be able to do. */
abstract class JdbcClientTest extends ClientTest {
    Connection connection;

    abstract String url();

    @BeforeEach
    void connect() throws SQLException {
        connection = open();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    Connection open() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of all rows. */
    List<Object> column(Connection on, String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Statement statement = on.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
        }
        return values;
    }

    Object value(String sql) throws SQLException {
        return column(connection, sql).get(0);
    }

    @Test
    void knowsWhereItIs() throws SQLException {
        assertThat(connection.getCatalog()).isEqualTo(DATABASE);
        assertThat(value("select db_name()")).isEqualTo(DATABASE);
        assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Microsoft SQL Server");
        assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(16);
        connection.setCatalog("other");
        assertThat(value("select db_name()")).isEqualTo("other");
        assertThat(connection.getCatalog()).isEqualTo("other");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(url(), USER, "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(18456));
    }

    @Test
    void createsAndChangesTables() throws SQLException {
        run(
                "create table ddl1 (id int identity(1,1) primary key, name nvarchar(50) not null, price money default"
                        + " 1.5)",
                "create index ix_ddl1 on ddl1 (name)",
                "alter table ddl1 add extra datetime2(3) null",
                "insert into ddl1 (name) values (N'ä'), (N'b')",
                "create schema sales",
                "create table sales.ddl2 (id int)",
                "drop table sales.ddl2");
        assertThat(column(connection, "select id from ddl1 order by id")).containsExactly(1, 2);
        assertThat((BigDecimal) value("select price from ddl1 where id = 1")).isEqualByComparingTo("1.5");
        run("drop table ddl1");
        assertThatThrownBy(() -> run("select * from ddl1")).isInstanceOf(SQLException.class);
    }

    static List<Arguments> valuesOfAllTypes() {
        byte[] bytes = new byte[20_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return List.of(
                Arguments.of("bit", Types.BIT, true),
                Arguments.of("tinyint", Types.SMALLINT, (short) 200),
                Arguments.of("smallint", Types.SMALLINT, (short) -300),
                Arguments.of("int", Types.INTEGER, Integer.MIN_VALUE),
                Arguments.of("bigint", Types.BIGINT, Long.MAX_VALUE),
                Arguments.of("real", Types.REAL, 1.5f),
                Arguments.of("float", Types.DOUBLE, -2.25e300),
                Arguments.of("decimal(20,5)", Types.DECIMAL, new BigDecimal("123456789012345.67891")),
                Arguments.of("numeric(5,2)", Types.NUMERIC, new BigDecimal("-999.99")),
                Arguments.of("money", Types.DECIMAL, new BigDecimal("922337203685477.5807")),
                Arguments.of("smallmoney", Types.DECIMAL, new BigDecimal("-214748.3648")),
                Arguments.of("char(5)", Types.CHAR, "abcde"),
                Arguments.of("varchar(20)", Types.VARCHAR, "Größe"),
                Arguments.of("nvarchar(20)", Types.VARCHAR, "ünï€ 日本"),
                Arguments.of("varchar(max)", Types.LONGVARCHAR, "x".repeat(20_000)),
                Arguments.of("nvarchar(max)", Types.LONGVARCHAR, "ж".repeat(20_000)),
                Arguments.of("varbinary(10)", Types.VARBINARY, new byte[] {1, 2, 3}),
                Arguments.of("binary(3)", Types.BINARY, new byte[] {0, -1, 5}),
                Arguments.of("varbinary(max)", Types.LONGVARBINARY, bytes),
                Arguments.of("datetime", Types.TIMESTAMP, Timestamp.valueOf("2024-02-29 13:14:15.123")),
                Arguments.of("smalldatetime", Types.TIMESTAMP, Timestamp.valueOf("2024-02-29 13:14:00")));
    }

    @ParameterizedTest
    @MethodSource("valuesOfAllTypes")
    void keepsValuesOfEveryType(String type, int jdbcType, Object value) throws SQLException {
        String table = "v_" + type.replaceAll("\\W", "_");
        run("create table " + table + " (id int primary key, v " + type + " null)");
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            insert.setInt(1, 1);
            insert.setObject(2, value, jdbcType);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 2);
            insert.setNull(2, jdbcType);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        try (PreparedStatement select =
                        connection.prepareStatement("select v, id from " + table + " where id < ? order by id");
                ResultSet rows = withParameter(select, 10)) {
            assertThat(rows.next()).isTrue();
            assertThat(comparable(rows, value)).isEqualTo(value);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.next()).isFalse();
        }
    }

    private static ResultSet withParameter(PreparedStatement statement, int value) throws SQLException {
        statement.setInt(1, value);
        return statement.executeQuery();
    }

    /** The value as the getter of the expected value's class gives it: clients differ in what getObject returns. */
    private static Object comparable(ResultSet rows, Object expected) throws SQLException {
        return switch (expected) {
            case Boolean ignored -> rows.getBoolean(1);
            case Short ignored -> rows.getShort(1);
            case Integer ignored -> rows.getInt(1);
            case Long ignored -> rows.getLong(1);
            case Float ignored -> rows.getFloat(1);
            case Double ignored -> rows.getDouble(1);
            case BigDecimal ignored -> rows.getBigDecimal(1);
            case String ignored -> rows.getString(1);
            case byte[] ignored -> rows.getBytes(1);
            case Timestamp ignored -> rows.getTimestamp(1);
            default -> rows.getObject(1);
        };
    }

    @Test
    void aSqlVariantBringsTheTypeOfEachValue() throws SQLException {
        run(
                "create table variants (id int primary key, v sql_variant)",
                "insert into variants values (1, 7), (2, cast(8 as bigint)), (3, 1.50), (4, N'ünï€ 日本'), (5, 'Größe'),"
                        + " (6, null), (7, cast(1 as bit)), (8, 0x0102), (9, cast(1.5 as float)), (10, $2.5),"
                        + " (11, cast('2024-02-29 13:14:15.123' as datetime)), (12, cast(200 as tinyint))");
        List<Object> values = column(connection, "select v from variants order by id");
        assertThat(values.get(0)).isEqualTo(7);
        assertThat(values.get(1)).isEqualTo(8L);
        assertThat((BigDecimal) values.get(2)).isEqualByComparingTo("1.5");
        assertThat(values.get(3)).isEqualTo("ünï€ 日本");
        assertThat(values.get(4)).isEqualTo("Größe");
        assertThat(values.get(5)).isNull();
        assertThat(values.get(6)).isEqualTo(true);
        assertThat(values.get(7)).isEqualTo(new byte[] {1, 2});
        assertThat(values.get(8)).isEqualTo(1.5);
        assertThat((BigDecimal) values.get(9)).isEqualByComparingTo("2.5");
        assertThat(values.get(10)).isEqualTo(Timestamp.valueOf("2024-02-29 13:14:15.123"));
        assertThat(((Number) values.get(11)).intValue()).isEqualTo(200);
        assertThat(column(connection, "select id from variants where v = 7.0 or v = 'größe ' order by id"))
                .containsExactly(1, 5);
        try (PreparedStatement select =
                        connection.prepareStatement("select count(*) from variants where try_cast(v as int) <= ? and id < 4");
                ResultSet rows = withParameter(select, 7)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
        run("drop table variants");
    }

    @Test
    void aPreparedStatementRunsManyTimes() throws SQLException {
        run("create table prep (id int, name varchar(20))");
        try (PreparedStatement insert = connection.prepareStatement("insert into prep values (?, ?)");
                PreparedStatement select = connection.prepareStatement("select name from prep where id = ?")) {
            for (int i = 0; i < 6; i++) {
                insert.setInt(1, i);
                insert.setString(2, "n" + i);
                assertThat(insert.executeUpdate()).isEqualTo(1);
                select.setInt(1, i);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("n" + i);
                }
            }
        }
    }

    @Test
    void textComparesWithoutCaseAndTrailingSpaces() throws SQLException {
        run(
                "create table texts (v varchar(10) primary key, n nvarchar(10))",
                "insert texts values ('a ', N'B'), ('c', N'b  '), ('d', N'Ä')");
        try (PreparedStatement select =
                connection.prepareStatement("select v from texts where v = ? or n in (?, 'x') order by v")) {
            select.setString(1, "A    ");
            select.setString(2, "b");
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("a ");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("c");
                assertThat(rows.next()).isFalse();
            }
        }
        assertThatThrownBy(() -> run("insert texts values ('A', N'')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(2627));
        assertThat(column(connection, "select count(*) from texts group by n order by max(v)"))
                .containsExactly(2, 1);
        assertThat(column(connection, "select v from texts where v like 'C ' or n collate Latin1_General_BIN2 = N'B'"))
                .containsExactly("a ");
    }

    @Test
    void commitsAndRollsBack() throws SQLException {
        run("create table tx (id int primary key)");
        connection.setAutoCommit(false);
        run("insert into tx values (1)");
        connection.commit();
        run("insert into tx values (2)");
        connection.rollback();
        run("insert into tx values (3)");
        Savepoint savepoint = connection.setSavepoint("here");
        run("insert into tx values (4)");
        connection.rollback(savepoint);
        run("insert into tx values (5)");
        connection.commit();
        connection.setAutoCommit(true);
        assertThat(column(connection, "select id from tx order by id")).containsExactly(1, 3, 5);
    }

    @Test
    void aClosedConnectionLeavesNothingUncommitted() throws SQLException {
        run("create table left_open (id int)");
        try (Connection other = open()) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.executeUpdate("insert into left_open values (1)");
            }
        }
        assertThat(column(connection, "select id from left_open")).isEmpty();
    }

    @Test
    void isolationLevelsAreTaken() throws SQLException {
        for (int level : new int[] {
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE
        }) {
            connection.setTransactionIsolation(level);
            assertThat(connection.getTransactionIsolation()).isEqualTo(level);
            assertThat(value("select 1")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from no_such_table | 208",
                "select no_such_column from errors | 207",
                "insert errors values 1 | 102",
                "insert into errors values (1, 'a') | 2627",
                "insert into errors values (null, 'a') | 515",
                "insert into errors values (9, 'much too long') | 2628",
                "select 1 / 0 | 8134",
                "select cast('abc' as int) | 245",
                "create table errors (id int) | 2714",
                "drop table no_such_table | 3701",
                "exec no_such_procedure | 2812",
            })
    void errorsHaveTheirNumbers(String sql, int number) throws SQLException {
        run(
                "if object_id('errors') is null create table errors (id int not null primary key, name varchar(5))",
                "delete from errors",
                "insert into errors values (1, 'one')");
        assertThatThrownBy(() -> {
                    try (Statement statement = connection.createStatement()) {
                        boolean rows = statement.execute(sql);
                        while (rows && statement.getResultSet().next()) {
                            assertThat(statement.getResultSet().getObject(1)).isNotNull();
                        }
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(number));
        assertThat(value("select count(*) from errors")).isEqualTo(1);
    }

    @Test
    void anErrorHasAStateAndTheConnectionGoesOn() throws SQLException {
        run("create table states (id int primary key)", "insert into states values (1)");
        try (PreparedStatement insert = connection.prepareStatement("insert into states values (?)")) {
            insert.setInt(1, 1);
            assertThatThrownBy(insert::executeUpdate).isInstanceOfSatisfying(SQLException.class, e -> {
                assertThat(e.getErrorCode()).isEqualTo(2627);
                assertThat(e.getSQLState()).isEqualTo("23000");
            });
            insert.setInt(1, 2);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void givesSeveralResultsOfOneBatch() throws SQLException {
        run("create table several (id int)");
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("insert into several values (1), (2); select id from several order by id;"
                            + " update several set id = id + 10; print 'half way'; select 'end' as e"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("e")).isEqualTo("end");
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void runsBatches() throws SQLException {
        run("create table batches (id int primary key, name varchar(20))");
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("insert into batches values (1, 'a')");
            statement.addBatch("insert into batches values (2, 'b'), (3, 'c')");
            statement.addBatch("update batches set name = 'z'");
            assertThat(statement.executeBatch()).containsExactly(1, 2, 3);
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into batches values (?, ?)")) {
            for (int i = 10; i < 60; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 7 == 0 ? null : "n" + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(50).containsOnly(1);
            insert.setInt(1, 100);
            insert.setString(2, "fine");
            insert.addBatch();
            insert.setInt(1, 1);
            insert.setString(2, "there already");
            insert.addBatch();
            assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
        }
        assertThat(value("select count(*) from batches where id < 100")).isEqualTo(53);
    }

    @Test
    void givesGeneratedKeys() throws SQLException {
        run("create table generated (id int identity(5,5) primary key, name varchar(20))");
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into generated (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int expected : new int[] {5, 10}) {
                insert.setString(1, "x");
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt(1)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void describesResults() throws SQLException {
        run("create table described (id int identity primary key, name nvarchar(50) not null, price decimal(10,2),"
                + " at datetime, note varchar(max))");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from described")) {
            ResultSetMetaData metadata = rows.getMetaData();
            assertThat(metadata.getColumnCount()).isEqualTo(5);
            assertThat(metadata.getColumnName(2)).isEqualTo("name");
            assertThat(metadata.getColumnTypeName(2)).isEqualTo("nvarchar");
            assertThat(metadata.getPrecision(2)).isEqualTo(50);
            assertThat(metadata.isNullable(2)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(metadata.isNullable(3)).isEqualTo(ResultSetMetaData.columnNullable);
            assertThat(metadata.getPrecision(3)).isEqualTo(10);
            assertThat(metadata.getScale(3)).isEqualTo(2);
            assertThat(metadata.getColumnTypeName(4)).isEqualTo("datetime");
            assertThat(metadata.isAutoIncrement(1)).isTrue();
            assertThat(metadata.isAutoIncrement(2)).isFalse();
        }
    }

    @Test
    void describesTables() throws SQLException {
        run(
                "create table parent (id int not null, part char(2) not null, constraint pk_parent primary key (id,"
                        + " part))",
                "create table child (id int identity primary key, parent_id int, parent_part char(2),"
                        + " name nvarchar(30) not null default 'x',"
                        + " constraint fk_child foreign key (parent_id, parent_part) references parent (id, part))",
                "create unique index ux_child on child (name)");
        DatabaseMetaData metadata = connection.getMetaData();
        assertThat(names(metadata.getTables(DATABASE, "dbo", "child", new String[] {"TABLE"}), "TABLE_NAME"))
                .containsExactly("child");
        try (ResultSet columns = metadata.getColumns(DATABASE, "dbo", "child", "%")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.INTEGER);
            assertThat(columns.next()).isTrue();
            assertThat(columns.next()).isTrue();
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("name");
            assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(30);
            assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
        }
        assertThat(names(metadata.getPrimaryKeys(DATABASE, "dbo", "parent"), "COLUMN_NAME"))
                .containsExactlyInAnyOrder("id", "part");
        assertThat(names(metadata.getImportedKeys(DATABASE, "dbo", "child"), "FKCOLUMN_NAME"))
                .containsExactlyInAnyOrder("parent_id", "parent_part");
        assertThat(names(metadata.getIndexInfo(DATABASE, "dbo", "child", true, false), "COLUMN_NAME"))
                .contains("name");
        assertThat(names(metadata.getCatalogs(), "TABLE_CAT")).contains(DATABASE, "other");
        assertThat(names(metadata.getSchemas(), "TABLE_SCHEM")).contains("dbo");
        assertThat(names(metadata.getTypeInfo(), "TYPE_NAME")).contains("int", "nvarchar");
    }

    private static List<String> names(ResultSet rows, String column) throws SQLException {
        List<String> names = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                names.add(rows.getString(column));
            }
        }
        return names;
    }

    /** A hundred thousand rows from a table of ten by joining it with itself. */
    void createDigits(String table) throws SQLException {
        run(
                "create table " + table + " (d int)",
                "insert into " + table + " values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
    }

    @Test
    void readsLargeResults() throws SQLException {
        createDigits("digits");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select a.d * 10000 + b.d * 1000 + c.d * 100 + d.d * 10 + e.d as n, 'row' as t"
                                + " from digits a cross join digits b cross join digits c cross join digits d"
                                + " cross join digits e")) {
            long sum = 0;
            int count = 0;
            while (rows.next()) {
                sum += rows.getInt(1);
                count++;
            }
            assertThat(count).isEqualTo(100_000);
            assertThat(sum).isEqualTo(4_999_950_000L);
        }
    }

    private static final String ENDLESS =
            "select count(*) from forever a cross join forever b cross join forever c cross join forever d"
                    + " cross join forever e cross join forever f cross join forever g cross join forever h"
                    + " cross join forever i cross join forever j cross join forever k cross join forever l";

    @Test
    void aCancelStopsTheQuery() throws Exception {
        createDigits("forever");
        try (Statement statement = connection.createStatement();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            CountDownLatch started = new CountDownLatch(1);
            Future<?> running = threads.submit(() -> {
                started.countDown();
                assertThatThrownBy(() -> statement.executeQuery(ENDLESS)).isInstanceOf(SQLException.class);
            });
            started.await();
            while (!running.isDone()) {
                // A cancel before the query has been sent hits nothing.
                Thread.sleep(20);
                statement.cancel();
            }
            running.get();
        }
        assertThat(value("select 1")).isEqualTo(1);
        run("drop table forever");
    }

    @Test
    void aTimeOutStopsTheQuery() throws SQLException {
        createDigits("forever");
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(ENDLESS)).isInstanceOf(SQLException.class);
        }
        assertThat(value("select 1")).isEqualTo(1);
        run("drop table forever");
    }

    @Test
    void anErrorInTryDoomsTheTransactionWhileXactAbortIsOn() throws SQLException {
        run("create table doom (id int primary key)", "insert doom values (1)");
        connection.setAutoCommit(false);
        assertThat(value("set xact_abort on insert doom values (2) begin try insert doom values (1) end try"
                        + " begin catch select xact_state() as x rollback begin tran end catch"))
                .hasToString("-1");
        assertThat(column(connection, "select id from doom")).containsExactly(1);
        connection.commit();

        run("insert doom values (3)");
        assertThatThrownBy(() -> run("begin try insert doom values (1) end try begin catch print 'caught' end catch"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(3998));
        assertThat(value("select count(*) from doom")).isEqualTo(1);
        connection.rollback();
    }

    @Test
    void aCancelEndsTheTransactionWhileXactAbortIsOn() throws SQLException {
        run("create table aborted (id int)");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(
                            "set xact_abort on insert aborted values (1) waitfor delay '00:01:00'"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(value("select @@trancount")).isEqualTo(0);
        assertThat(value("select count(*) from aborted")).isEqualTo(0);
        run("insert aborted values (2)");
        connection.commit();
        assertThat(column(connection, "select id from aborted")).containsExactly(2);
    }

    @Test
    void closingAHalfReadResultLeavesTheConnectionUsable() throws SQLException {
        createDigits("half");
        for (int round = 0; round < 5; round++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("select a.d from half a cross join half b cross join half c")) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(value("select 1")).isEqualTo(1);
        }
    }

    @Test
    void temporaryTablesBelongToTheirSession() throws SQLException {
        run("create table #mine (id int)", "insert into #mine values (1)");
        assertThat(column(connection, "select id from #mine")).containsExactly(1);
        try (Connection other = open()) {
            assertThatThrownBy(() -> column(other, "select id from #mine")).isInstanceOf(SQLException.class);
        }
    }
}
