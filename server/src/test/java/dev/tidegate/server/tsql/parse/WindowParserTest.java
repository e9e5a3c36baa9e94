package dev.tidegate.server.tsql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowParserTest {
    private static String frame(String written) throws BatchSyntaxException {
        String sql = "select sum(a) over (order by a " + written + ") from t";
        Statement.Select select =
                (Statement.Select) BatchParser.parse(sql, true).getFirst();
        Query.Value item =
                (Query.Value) ((Query.Select) select.query().body()).items().getFirst();
        return ((Expression.Call) item.expression()).over().frame();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "rows current row, ROWS CURRENT ROW",
        "Rows /* all */ Unbounded Preceding, ROWS UNBOUNDED PRECEDING",
        "rows between 2 preceding and 1 following, ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING",
        "range between current row and unbounded following, RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    })
    void aFrameIsWrittenAnew(String written, String frame) throws BatchSyntaxException {
        assertThat(frame(written)).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rows",
                "rows between 1 preceding",
                "rows -1 preceding",
                "rows current row, file_read",
                "rows -- \r current row), file_read('/etc/passwd') from (select 1 --\n +1",
            })
    void whatIsNoFrameIsRefused(String written) {
        assertThatThrownBy(() -> frame(written))
                .isInstanceOfSatisfying(
                        BatchSyntaxException.class,
                        e -> assertThat(e.error().severity()).isEqualTo(15));
    }
}
