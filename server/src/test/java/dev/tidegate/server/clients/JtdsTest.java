package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jTDS: TDS 7.1. */
class JtdsTest extends JdbcClientTest {
    @Override
    String url() {
        return "jdbc:jtds:sqlserver://127.0.0.1:" + port() + "/" + DATABASE;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepareSQL=0",
                "prepareSQL=2",
                "prepareSQL=3",
                "ssl=require",
                "sendStringParametersAsUnicode=false"
            })
    void worksInEveryMode(String option) throws SQLException {
        try (Connection special = DriverManager.getConnection(url() + ";" + option, USER, PASSWORD);
                PreparedStatement select = special.prepareStatement("select ? as a, ? as b")) {
            for (int i = 0; i < 3; i++) {
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

    @Test
    void newerTypesComeAsTextAlsoInSqlVariant() throws SQLException {
        assertThat(value("select cast(cast('2024-02-29' as date) as sql_variant)")).isEqualTo("2024-02-29");
        assertThat(value("select cast(cast('2024-02-29 13:14:15.1' as datetime2(1)) as sql_variant)"))
                .isEqualTo("2024-02-29 13:14:15.1");
    }

    @Test
    void jsonAndVectorsComeAsText() throws SQLException {
        assertThat(value("select cast(cast(N'{\"a\": \"日本\"}' as json) as nvarchar(50))")).isEqualTo("{\"a\": \"日本\"}");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select cast(N'{\"a\": \"日本\"}' as json) as j, cast('[1,-2]' as vector(2)) as v")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("{\"a\": \"日本\"}");
            assertThat(rows.getString(2)).isEqualTo("[1.0000000e+000,-2.0000000e+000]");
        }
    }

    @Test
    void newerTypesComeAsText() throws SQLException {
        run(
                "create table newer (d date, t datetime2(3), o datetimeoffset(0))",
                "insert into newer values ('2024-02-29', '2024-02-29T13:14:15.123', '2024-02-29T13:14:15+02:00')");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select d, t, o from newer")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("2024-02-29");
            assertThat(rows.getString(2)).isEqualTo("2024-02-29 13:14:15.123");
            assertThat(rows.getString(3)).isEqualTo("2024-02-29 13:14:15 +02:00");
        }
    }
}
