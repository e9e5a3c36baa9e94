package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values at the edge of their types: each gives a value or SQL Server's error, never an internal one, and the connection goes on. */
class OddValuesTest extends ClientTest {
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        String url = "jdbc:sqlserver://127.0.0.1:" + port() + ";databaseName=" + DATABASE + ";encrypt=false";
        connection = DriverManager.getConnection(url, USER, PASSWORD);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    /** The first value of a query, or the number of its error. */
    private String answer(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return String.join(",", values);
        } catch (SQLException e) {
            return "error " + e.getErrorCode();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 'ü日本' AS b | ü??",
                "SELECT N'ü日本' AS b | ü日本",
                "SELECT CAST(N'日😀x' AS varchar(9)) | ???x",
                "SELECT CAST(N'日' AS char(2)) + '.' | ? .",
                "SELECT REVERSE('ü日本') | ??ü",
                "SELECT MAX('日') | ?",
                "SELECT CHAR(129) | ?",
                "SELECT CAST(NULL AS text) | null",
                "SELECT CAST('a' AS text) | a",
                "SELECT CAST(N'日' AS ntext) | 日",
                "SELECT CAST(0x01FF AS image) | 01FF",
                "SELECT CAST('0001-01-01T00:00:00 +14:00' AS datetimeoffset) | error 8115",
                "SELECT SQRT(-1) | error 3623",
                "SELECT LOG(0) | error 3623",
                "SELECT ASIN(2) | error 3623",
                "SELECT SQUARE(1e308) | error 8115",
                "SELECT EXP(2147483647) | error 8115",
                "SELECT 1e308 * 1e308 | error 8115",
                "SELECT POWER(1e308, 9) | error 8115",
                "SELECT CEILING($922337203685477.5807) | error 8115",
                "SELECT EOMONTH('2000-01-01', 2147483647) | error 8115",
                "SELECT DATEDIFF(nanosecond, '0001-01-01', '9999-12-31') | error 535",
                "SELECT CAST(CAST('1900-01-03' AS datetime) AS float) | 2.0",
                "SELECT DATALENGTH(SPACE(2147483647)) | 8000",
                "SELECT DATALENGTH(REPLICATE('x', 2147483647)) | 8000",
                "SELECT ROUND(1, 2147483647) | 1",
                "SELECT STR(1, 2147483647) | null",
                "SELECT ~1e0 | error 8117",
                "SELECT TOP (-1) 1 AS a | error 127",
                "SELECT 1 AS a ORDER BY 1 OFFSET -1 ROWS | error 10742",
                "SELECT NTILE(0) OVER (ORDER BY a) FROM (VALUES (1)) AS t (a) | error 4116",
                "SELECT LAG(a, -1) OVER (ORDER BY a) FROM (VALUES (1)) AS t (a) | error 8730",
                "DECLARE @m nvarchar(9); THROW 50001, @m, 1 | error 50001",
            })
    void answersOrRefuses(String query, String expected) {
        assertThat(answer(query)).isEqualTo(expected);
        assertThat(answer("SELECT 1")).isEqualTo("1");
    }
}
