package dev.tidegate.server.h2.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.h2.value.Value;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueVarbinary;
import org.junit.jupiter.api.Test;

/** Rows out of cells are, byte for byte, those of the Java forms, and what does not fit is refused alike. */
class CellsTest {
    private static final int SMALL_PACKET = 512;

    /**
     * What has become of rows.
     *
     * @param refusals for each row why it has no bytes; empty if it has
     */
    private record Outcome(String bytes, List<String> refusals) {}

    /** Writes the values of one row. */
    @FunctionalInterface
    private interface Row {
        void write(TdsWriter out, Value[] values) throws IOException, SqlServerException;
    }

    private static Outcome written(List<Value[]> rows, Row encoder) throws IOException {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(packets, SMALL_PACKET);
        out.begin(PacketType.RESPONSE);
        List<String> refusals = new ArrayList<>();
        for (Value[] row : rows) {
            String refusal = "";
            try {
                encoder.write(out, row);
            } catch (SqlServerException e) {
                refusal = e.number() + " " + e.getMessage();
            } catch (ValueOutOfRangeException e) {
                refusal = "out of range";
            } catch (org.h2.message.DbException e) {
                refusal = Integer.toString(e.getErrorCode());
            }
            refusals.add(refusal);
        }
        out.end();
        return new Outcome(HexFormat.of().formatHex(packets.toByteArray()), refusals);
    }

    private static RowEncoder encoder(SqlType[] types) {
        return RowEncoder.of(List.of(types).stream().map(SqlType::toTypeInfo).toList());
    }

    private static Outcome fromForms(SqlType[] types, List<Value[]> rows) throws IOException {
        RowEncoder encoder = encoder(types);
        Object[] forms = new Object[types.length];
        return written(rows, (out, values) -> {
            for (int i = 0; i < forms.length; i++) {
                forms[i] = JavaForm.of(values[i], types[i]);
            }
            encoder.encode(out, forms);
        });
    }

    private static Outcome fromCells(SqlType[] types, List<Value[]> rows) throws IOException {
        RowEncoder encoder = encoder(types);
        Cell[] cells = Cells.of(types);
        return written(rows, (out, values) -> {
            for (int i = 0; i < cells.length; i++) {
                cells[i].take(values[i]);
            }
            encoder.encode(out, cells, 0);
        });
    }

    @Property(tries = 2000)
    void rowsAreThoseOfTheJavaForms(@ForAll("tables") StoredValues.Table table) throws IOException {
        SqlType[] types = table.types().toArray(SqlType[]::new);
        Outcome cells = fromCells(types, table.rows());
        Outcome forms = fromForms(types, table.rows());
        assertThat(cells.bytes()).isEqualTo(forms.bytes());
        for (int i = 0; i < table.rows().size(); i++) {
            String refusal = cells.refusals().get(i);
            if (!refusal.equals(forms.refusals().get(i))) {
                // Of several values that do not fit, either may be told of.
                assertThat(refusals(types, table.rows().get(i))).contains(refusal, forms.refusals().get(i));
            }
        }
    }

    /** Of each value that does not fit, by itself. */
    private static List<String> refusals(SqlType[] types, Value[] row) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            refusals.addAll(fromForms(new SqlType[] {types[i]}, List.<Value[]>of(new Value[] {row[i]}))
                    .refusals());
        }
        refusals.removeIf(String::isEmpty);
        return refusals;
    }

    @Provide
    net.jqwik.api.Arbitrary<StoredValues.Table> tables() {
        return StoredValues.tables();
    }

    private static String payload(SqlType type, Value value) throws IOException {
        Outcome outcome = fromCells(new SqlType[] {type}, List.<Value[]>of(new Value[] {value}));
        assertThat(outcome.refusals()).containsExactly("");
        return outcome.bytes().substring(16);
    }

    @Test
    void aTimeWithOffsetGoesInUtc() throws IOException {
        // 2024-03-01 00:30:00.5 +01:00 is 23:30:00.5 of the 29th: 846005 tenths of a second, day 738944
        Value value = ValueTimestampTimeZone.fromDateValueAndNanos(
                org.h2.util.DateTimeUtils.dateValue(2024, 3, 1), 1_800_500_000_000L, 3600);
        assertThat(payload(SqlType.datetimeoffset(1), value)).isEqualTo("d1" + "08" + "b5e80c" + "80460b" + "3c00");
    }

    @Test
    void decimalsOf38DigitsKeepThemAll() throws IOException {
        BigDecimal most = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE).negate();
        assertThat(payload(SqlType.decimal(38, 0), ValueNumeric.get(most)))
                .isEqualTo("d1" + "11" + "00" + "ffffffff3f228a097ac4865aa84c3b4b");
    }

    @Test
    void aNumberBeyond128BitsIsRefusedAndTheNextRowFits() throws IOException {
        SqlType type = SqlType.decimal(38, 0);
        Value tooLong = ValueNumeric.get(BigDecimal.TEN.pow(40));
        List<Value[]> rows = List.of(new Value[] {tooLong}, new Value[] {ValueNumeric.get(BigDecimal.ONE)});
        Outcome outcome = fromCells(new SqlType[] {type}, rows);
        assertThat(outcome).isEqualTo(fromForms(new SqlType[] {type}, rows));
        assertThat(outcome.refusals()).containsExactly("out of range", "");
        assertThat(outcome.bytes()).endsWith("d11101" + "01" + "00".repeat(15));
    }

    @Test
    void binaryOfZeroAndOfMostBytes() throws IOException {
        assertThat(payload(SqlType.varbinary(8000), ValueVarbinary.getNoCopy(new byte[0]))).isEqualTo("d10000");
        SqlType[] types = {SqlType.varbinary(8000), SqlType.varbinary(SqlType.MAX)};
        Value longest = ValueVarbinary.getNoCopy(new byte[8000]);
        List<Value[]> rows = List.<Value[]>of(new Value[] {longest, longest});
        assertThat(fromCells(types, rows)).isEqualTo(fromForms(types, rows));
    }

    @Test
    void columnsWhoseValuesHaveTypesOfTheirOwnHaveNoCells() {
        assertThat(Cells.of(new SqlType[] {SqlType.INT, SqlType.SQL_VARIANT})).isNull();
        assertThat(Cells.of(new SqlType[] {SqlType.vector(3)})).isNull();
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.SQL_VARIANT && kind != TypeKind.VECTOR) {
                assertThat(Cells.of(new SqlType[] {new SqlType(kind, 1, 1, 0)})).as(kind.sqlName()).isNotNull();
            }
        }
    }
}
