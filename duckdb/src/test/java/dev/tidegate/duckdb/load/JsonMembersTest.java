package dev.tidegate.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.text.JsonRecord;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
    private Connection duckdb;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    @Test
    void keepsEveryTextAsItStands() throws SQLException {
        String records = records(
                "{\"n\": 1.12345678901234567890123, \"e\" :1E5,\"s\":\"1.50\",\"b\":true , \"z\":null}",
                " {\"s\" : \"a\\u00e9\\\"\\n\\ud83c\\udf0a\", \"o\": {\"x\": [1.00, \"}\\\"\"]}, \"n\": 5} ",
                "{}",
                "{\"a b\": [ ], \"S\": \"upper\"}");
        TextColumns file = TextColumns.ofRecords(duckdb, records);
        assertThat(file.rows()).isEqualTo(4);
        assertThat(file.columns())
                .extracting(column -> column.name() + " " + column.type().sqlServer(true))
                .containsExactly(
                        "n decimal(24,23)",
                        "e float",
                        "s nvarchar(10)",
                        "b bit",
                        "z nvarchar(10)",
                        "o nvarchar(20)",
                        "a b nvarchar(10)",
                        "S_1 nvarchar(10)");
        assertThat(query(new JsonMembers(duckdb, file).sql(records)))
                .containsExactly(
                        "1.12345678901234567890123|1E5|1.50|true|null|null|null|null",
                        "5|null|aé\"\n🌊|null|null|{\"x\": [1.00, \"}\\\"\"]}|null|null",
                        "null|null|null|null|null|null|null|null",
                        "null|null|null|null|null|null|[ ]|upper");
    }

    @Test
    void readsValuesThatAreNoObjectsAsOneColumn() throws SQLException {
        String records = records("1.50", "2", "null");
        TextColumns file = TextColumns.ofRecords(duckdb, records);
        assertThat(file.columns())
                .extracting(column -> column.name() + " " + column.type().sqlServer(true))
                .containsExactly("json float");
        assertThat(query(new JsonMembers(duckdb, file).sql(records))).containsExactly("1.50", "2", "null");
    }

    @Test
    void hasOneColumnWhenThereAreNoRows() throws SQLException {
        TextColumns file = TextColumns.ofRecords(duckdb, "SELECT '{}'::JSON AS json WHERE false");
        assertThat(file.columns()).extracting(TextColumns.Column::name).containsExactly("json");
    }

    @Test
    void refusesKeysThatAreThereTwiceAndValuesOfTwoKinds() {
        assertThatThrownBy(() -> TextColumns.ofRecords(duckdb, records("{\"a\":1}", "{\"a\":1,\"b\":2,\"a\":1}")))
                .hasMessage("JSON object 2 has the key \"a\" twice");
        assertThatThrownBy(() -> TextColumns.ofRecords(duckdb, records("{\"a\":1}", "5")))
                .hasMessage("JSON value 2 is not an object, unlike those before it");
        assertThatThrownBy(() -> TextColumns.ofRecords(duckdb, records("5", "{\"a\":1}")))
                .hasMessage("JSON value 2 is an object, unlike those before it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[", "{\"a\":\"x", "{\"a\":\"x\\", "{a:1}", "{\"a\" 1}"
            })
    void endsAtTextThatIsNoJson(String text) {
        JsonRecord record = new JsonRecord(text);
        assertThatThrownBy(() -> {
                    while (record.next()) {
                        record.text();
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String records(String... values) {
        return Stream.of(values)
                .map(value -> "SELECT " + Identifiers.literal(value) + "::JSON AS json")
                .collect(Collectors.joining(" UNION ALL "));
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(row.getString(i));
                }
                rows.add(values.stream().map(String::valueOf).collect(Collectors.joining("|")));
            }
        }
        return rows;
    }
}
