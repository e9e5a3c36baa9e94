package dev.tidegate.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.procedure.DescribedParameter;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogProceduresTest {
    private CatalogFixture fixture;

    static Iterable<String> names() {
        // sp_describe_first_result_set runs T-SQL, so CatalogQueriesTest asks it of a whole server
        return CatalogProcedures.all().keySet().stream()
                .filter(name -> !name.startsWith("sp_describe"))
                .toList();
    }

    @BeforeEach
    void open() throws SQLException {
        fixture = new CatalogFixture().withTables();
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyProcedureAnswersWithAResult(String name) throws Exception {
        assertThat(call(name, "customer").columns).isNotEmpty();
    }

    @Test
    void tablesByPatternOwnerAndKind() throws Exception {
        Result all = call("sp_tables", "%", "%", "demo", "'TABLE'");
        assertThat(all.columns)
                .containsExactly(
                        "TABLE_QUALIFIER nvarchar(128)",
                        "TABLE_OWNER nvarchar(128)",
                        "TABLE_NAME nvarchar(128)",
                        "TABLE_TYPE varchar(32)",
                        "REMARKS varchar(254)");
        assertThat(all.rows).containsExactly("demo|dbo|customer|TABLE|null", "demo|sales|order|TABLE|null");
        assertThat(call("sp_tables", "CUST%").rows).containsExactly("demo|dbo|customer|TABLE|null");
        assertThat(call("sp_tables", "c[^x]stome_").rows).hasSize(1);
        assertThat(call("sp_tables", "c[z-a]%").rows).isEmpty();
        assertThat(call("sp_tables", "%", "sales").rows).containsExactly("demo|sales|order|TABLE|null");
        assertThat(call("sp_tables", "rich", null, null, "'VIEW'").rows).containsExactly("demo|dbo|rich|VIEW|null");
        assertThat(call("sp_tables", "tables", "sys").rows).containsExactly("demo|sys|tables|VIEW|null");
    }

    @Test
    void tablesListsDatabasesWhenOnlyTheQualifierIsAPattern() throws Exception {
        assertThat(call("sp_tables", "", "", "%", null).rows)
                .containsExactly(
                        "demo|null|null|null|null", "master|null|null|null|null", "tempdb|null|null|null|null");
    }

    @Test
    void anotherDatabaseIsRefusedByItsNumber() {
        assertThatThrownBy(() -> call("sp_pkeys", "customer", "dbo", "other"))
                .isInstanceOfSatisfying(
                        SqlServerException.class, e -> assertThat(e.number()).isEqualTo(15250));
    }

    @Test
    void columnsInTheFormOfVersion100() throws Exception {
        Result result = call("sp_columns_100", "customer", "dbo", null, null, 0, 3);
        assertThat(result.columns).hasSize(29).endsWith("SS_DATA_TYPE tinyint").contains("SS_IS_IDENTITY smallint");
        assertThat(result.pick(3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 21, 28))
                .containsExactly(
                        "id|4|int identity|10|4|0|10|0|null|4|null|null|1|NO|1|56",
                        "code|1|char|3|3|null|null|0|null|1|null|3|2|NO|0|47",
                        "name|-9|nvarchar|50|100|null|null|1|null|-9|null|100|3|YES|0|39",
                        "balance|3|money|19|21|4|10|0|((0))|3|null|null|4|NO|0|60",
                        "note|12|varchar|2147483647|2147483647|null|null|1|null|12|null|2147483647|5|YES|0|39",
                        "since|93|datetime2|23|16|3|null|1|null|9|3|null|6|YES|0|0");
    }

    @Test
    void columnsInTheOldFormShowNewDateTypesAsText() throws Exception {
        Result result = call("sp_columns", "customer", "dbo", "demo", "since", 3);
        assertThat(result.columns).hasSize(19);
        assertThat(result.pick(3, 4, 5, 6, 7)).containsExactly("since|-9|datetime2|23|46");
    }

    @Test
    void primaryKeysInTheirOrder() throws Exception {
        assertThat(call("sp_pkeys", "order", "sales").rows)
                .containsExactly("demo|sales|order|customer|1|PK_order", "demo|sales|order|line|2|PK_order");
    }

    @Test
    void foreignKeysFromBothSides() throws Exception {
        String key = "demo|dbo|customer|id|demo|sales|order|customer|1|1|0|FK_order_customer|PK_customer|7";
        assertThat(call("sp_fkeys", "customer", "dbo").rows).containsExactly(key);
        assertThat(call("sp_fkeys", null, null, null, "order", "sales", null).rows)
                .containsExactly(key);
        assertThat(call("sp_fkeys", "order").rows).isEmpty();
    }

    @Test
    void statisticsOfTableAndIndexes() throws Exception {
        Result result = call("sp_statistics_100", "order", "sales", null, "%", "N", "Q");
        assertThat(result.pick(3, 5, 6, 7, 8, 9))
                .containsExactly(
                        "null|null|0|null|null|null",
                        "0|PK_order|1|1|customer|A",
                        "0|PK_order|1|2|line|A",
                        "1|ix_amount|3|1|amount|D",
                        "1|ix_amount|3|2|line|A");
        assertThat(call("sp_statistics", "order", "sales", null, "%", "Y").rows).hasSize(3);
    }

    @Test
    void specialColumnsAreThoseOfTheBestKey() throws Exception {
        assertThat(call("sp_special_columns_100", "order", "sales", null, "R", "T", "U", 3)
                        .pick(0, 1, 3))
                .containsExactly("0|customer|int", "0|line|int");
    }

    @Test
    void dataTypesOfOneNumberOrAll() throws Exception {
        assertThat(call("sp_datatype_info_100", 0, 3).pick(0)).contains("int", "int identity", "datetime2", "sysname");
        assertThat(call("sp_datatype_info_100", 93, 3).pick(0))
                .containsExactly("datetime", "datetime2", "smalldatetime");
    }

    @Test
    void helpOnIndexesAndTexts() throws Exception {
        assertThat(call("sp_helpindex", "sales.order").rows)
                .containsExactly(
                        "ix_amount|nonclustered located on PRIMARY|amount(-), line",
                        "PK_order|clustered, unique, primary key located on PRIMARY|customer, line");
        assertThatThrownBy(() -> call("sp_helpindex", "nope")).hasMessageContaining("'nope' does not exist");
    }

    @Test
    void serverAndSessions() throws Exception {
        assertThat(call("sp_databases").pick(0)).containsExactly("demo", "master", "tempdb");
        assertThat(call("sp_server_info", 16).rows).containsExactly("16|IDENTIFIER_CASE|MIXED");
        assertThat(call("sp_who").pick(0, 3, 6)).containsExactly("57|sa|demo");
    }

    @Test
    void argumentsMayBeNamed() throws Exception {
        Result result = new Result();
        CatalogProcedures.all()
                .get("sp_pkeys")
                .execute(
                        context(),
                        new ProcedureArguments(List.of(new ProcedureCall.Parameter(
                                "@TABLE_NAME", false, false, SqlType.SYSNAME.toTypeInfo(), "customer"))),
                        result);
        assertThat(result.rows).hasSize(1);
    }

    private Result call(String name, Object... values) throws SqlServerException, SQLException {
        List<ProcedureCall.Parameter> parameters = new ArrayList<>();
        for (Object value : values) {
            TypeInfo type = (value instanceof Integer ? SqlType.INT : SqlType.SYSNAME).toTypeInfo();
            parameters.add(new ProcedureCall.Parameter("", false, false, type, value));
        }
        Result result = new Result();
        int status = CatalogProcedures.all().get(name).execute(context(), new ProcedureArguments(parameters), result);
        assertThat(status).isZero();
        return result;
    }

    private ProcedureContext context() {
        Connection connection = fixture.connection();
        return new ProcedureContext() {
            @Override
            public Connection connection() {
                return connection;
            }

            @Override
            public String database() {
                return "demo";
            }

            @Override
            public List<String> databases() {
                return List.of("demo", "master", "tempdb");
            }

            @Override
            public SessionOptions options() {
                return new SessionOptions("demo", "sa", "host1", "app1", "us_english", 57);
            }

            @Override
            public List<DescribedParameter> undeclared(String tsql, String declared) {
                throw new UnsupportedOperationException("there is no T-SQL behind this context");
            }

            @Override
            public List<Column> firstResult(String tsql, String declared) {
                throw new UnsupportedOperationException("there is no T-SQL behind this context");
            }
        };
    }

    /** The last result, as text. */
    private static final class Result implements ResponseSink {
        private List<String> columns = List.of();
        private List<TypeInfo> types = List.of();
        private final List<String> rows = new ArrayList<>();

        /** Each row's columns at these positions. */
        List<String> pick(int... positions) {
            return rows.stream()
                    .map(row -> {
                        String[] values = row.split("\\|", -1);
                        return Arrays.stream(positions)
                                .mapToObj(position -> values[position])
                                .collect(Collectors.joining("|"));
                    })
                    .toList();
        }

        @Override
        public void columns(List<Column> result) {
            columns = result.stream()
                    .map(column -> column.name() + " " + SqlType.of(column.type()))
                    .toList();
            types = result.stream().map(Column::type).toList();
            rows.clear();
        }

        @Override
        public void row(Object[] values) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof Number number && !(number instanceof BigDecimal)) {
                    int length = number instanceof Short ? 2 : 4;
                    assertThat(Math.max(2, types.get(i).maxLength()))
                            .as(columns.get(i))
                            .isEqualTo(length);
                }
            }
            rows.add(Arrays.stream(values).map(String::valueOf).collect(Collectors.joining("|")));
        }

        @Override
        public void statementDone(int command, long count) {
            assertThat(count).isEqualTo(rows.size());
        }

        @Override
        public void statementFailed(int command) {
            throw new AssertionError();
        }

        @Override
        public void message(ServerMessage message) {
            throw new AssertionError(message);
        }

        @Override
        public void environment(EnvChange change) {
            throw new AssertionError(change);
        }

        @Override
        public void returnStatus(int status) {
            throw new AssertionError();
        }

        @Override
        public void returnValue(int ordinal, String name, TypeInfo type, Object value) {
            throw new AssertionError();
        }

        @Override
        public void done() {
            throw new AssertionError();
        }
    }
}
