package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColumnLabelsTest {
    private static ColumnLabels of(String... names) {
        List<Column> columns = Stream.of(names)
                .map(name -> new Column(name, TypeInfo.integer(), 0))
                .toList();
        return new ColumnLabels(columns);
    }

    @Test
    void caseDoesNotMatter() {
        ColumnLabels labels = of("OrderId", "total", "\u00C4RA");
        for (String label : List.of("OrderId", "orderid", "ORDERID", "oRDERiD")) {
            assertThat(labels.number(label)).as(label).isEqualTo(1);
        }
        assertThat(labels.number("Total")).isEqualTo(2);
        assertThat(labels.number("\u00E4ra")).isEqualTo(3);
    }

    @Test
    void ofSeveralWithTheLabelTheFirstIsMeantHoweverItIsWritten() {
        ColumnLabels labels = of("x", "a", "A", "X", "a");
        for (String label : List.of("a", "A")) {
            assertThat(labels.number(label)).as(label).isEqualTo(2);
        }
        for (String label : List.of("x", "X")) {
            assertThat(labels.number(label)).as(label).isEqualTo(1);
        }
    }

    @Test
    void aLabelThatNoColumnHasIsToldByZero() {
        assertThat(of("a").number("b")).isZero();
        assertThat(of("a").number("")).isZero();
        assertThat(of().number("a")).isZero();
        assertThat(of("a", "").number("")).isEqualTo(2);
    }
}
