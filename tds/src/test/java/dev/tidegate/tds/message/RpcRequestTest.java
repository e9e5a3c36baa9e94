package dev.tidegate.tds.message;

import static dev.tidegate.tds.Wire.hex;
import static dev.tidegate.tds.Wire.payload;
import static dev.tidegate.tds.Wire.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RpcRequestTest {
    private static final String HEADERS = "16000000 12000000 0200 0000000000000001 00000000";

    /** [MS-TDS] 4.8. */
    private static final byte[] SAMPLE = hex(HEADERS + "04 00 66 00 6F 00 6F 00 33 00 00 00 00 02 26 02 00");

    private static final TypeInfo TEXT = TypeInfo.nvarchar(4000, Collation.DEFAULT);

    @Test
    void theSpecificationsSampleIsReadAndWritten() throws IOException {
        RpcRequest sample = RpcRequest.read(reader(SAMPLE), TdsVersion.V7_2);

        RpcCall call = sample.calls().get(0);
        assertThat(call.procedureName()).isEqualTo("foo3");
        assertThat(call.optionFlags()).isZero();
        RpcParameter parameter = call.parameters().get(0);
        assertThat(parameter.name()).isEmpty();
        assertThat(parameter.isDefault()).isTrue();
        assertThat(parameter.isOutput()).isFalse();
        assertThat(parameter.type()).isEqualTo(TypeInfo.smallint());
        assertThat(parameter.value()).isNull();
        assertThat(payload(out -> sample.write(out, TdsVersion.V7_2))).isEqualTo(SAMPLE);
    }

    @Test
    void valuesAreNotPrinted() {
        RpcCall call = RpcCall.byName("login", List.of(RpcParameter.in("@word", TEXT, "hush")));
        assertThat(new RpcRequest(RequestHeaders.NONE, call).toString())
                .contains("@word nvarchar")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @EnumSource
    void callsOfBothKindsComeBackInEveryVersion(TdsVersion version) throws IOException {
        RpcRequest request = new RpcRequest(
                version.atLeast(TdsVersion.V7_2) ? new RequestHeaders(7) : RequestHeaders.NONE,
                List.of(
                        RpcCall.byId(
                                ProcedureIds.SP_EXECUTESQL,
                                List.of(
                                        RpcParameter.in("", TEXT, "select @p"),
                                        RpcParameter.in("", TEXT, "@p int"),
                                        RpcParameter.in("@p", TypeInfo.integer(), 42))),
                        new RpcCall(
                                0,
                                "dbo.p",
                                RpcCall.NO_METADATA | RpcCall.WITH_RECOMPILE,
                                List.of(
                                        RpcParameter.out("@out", TypeInfo.decimal(12, 2), new BigDecimal("-1.25")),
                                        new RpcParameter("@none", RpcParameter.DEFAULT_VALUE, TypeInfo.bit(), null)))));

        byte[] wire = payload(out -> request.write(out, version));
        Wire.assertReadsBack(wire, in -> RpcRequest.read(in, version), request);
        Wire.assertCutIsHandled(wire, in -> RpcRequest.read(in, version));
    }

    @Test
    void theFlagBetweenCallsSaysWhetherTheFirstIsRun() throws IOException {
        RpcCall skipped = new RpcCall(0, "a", 0, List.of(), false);
        RpcRequest request = new RpcRequest(RequestHeaders.NONE, List.of(skipped, RpcCall.byName("b", List.of())));

        byte[] wire = payload(out -> request.write(out, TdsVersion.V7_4));
        assertThat(wire).endsWith(hex("0100 6100 0000 FE 0100 6200 0000"));
        Wire.assertReadsBack(wire, in -> RpcRequest.read(in, TdsVersion.V7_4), request);
    }

    @Test
    void aFlagAfterTheLastCallIsIgnored() throws IOException {
        byte[] wire = hex(HEADERS + "FFFF 0F00 0000 00 00 26 04 04 07000000 FF");

        RpcRequest request = RpcRequest.read(reader(wire), TdsVersion.V7_4);
        assertThat(request.calls()).hasSize(1);
        assertThat(request.calls().get(0).procedureName()).isEqualTo("sp_unprepare");
        assertThat(request.calls().get(0).parameters().get(0).value()).isEqualTo(7);
    }

    @Test
    void since72ANameMayHave128Characters() throws IOException {
        RpcRequest request = new RpcRequest(
                RequestHeaders.NONE,
                RpcCall.byName("p", List.of(RpcParameter.in("@" + "n".repeat(127), TypeInfo.bit(), true))));

        byte[] wire = payload(out -> request.write(out, TdsVersion.V7_4));
        Wire.assertReadsBack(wire, in -> RpcRequest.read(in, TdsVersion.V7_4), request);
        RpcRequest tooLong = new RpcRequest(
                RequestHeaders.NONE,
                RpcCall.byName("p", List.of(RpcParameter.in("@" + "n".repeat(128), TypeInfo.bit(), true))));
        assertThatThrownBy(() -> payload(out -> tooLong.write(out, TdsVersion.V7_4)))
                .hasMessageContaining("at most 128");
    }

    @Test
    void tableValuedParametersComeBack() throws IOException {
        TypeInfo type = new TypeInfo(DataType.TVP, 0, 0, 0, null, new TypeInfo.SchemaName("", "dbo", "rows", null));
        List<Column> columns = List.of(
                new Column("", TypeInfo.integer(), Column.NULLABLE),
                new Column("", TEXT, Column.NULLABLE),
                new Column("", TypeInfo.date(), TableValue.DEFAULT_COLUMN));
        TableValue full = new TableValue(
                columns,
                List.of(new TableValue.OrderUnique(1, 5)),
                List.of(2, 1),
                List.of(new Object[] {1, "one"}, new Object[] {null, null}));
        TableValue empty = new TableValue(List.of(), List.of());
        RpcRequest request = new RpcRequest(
                RequestHeaders.NONE,
                RpcCall.byName(
                        "p",
                        List.of(
                                RpcParameter.in("@full", type, full),
                                RpcParameter.in("@empty", type, empty),
                                RpcParameter.in("@after", TypeInfo.date(), LocalDate.of(2024, 2, 29)))));

        byte[] wire = payload(out -> request.write(out, TdsVersion.V7_4));
        Wire.assertReadsBack(wire, in -> RpcRequest.read(in, TdsVersion.V7_4), request);
        Wire.assertCutIsHandled(wire, in -> RpcRequest.read(in, TdsVersion.V7_4));
    }

    @ParameterizedTest
    @CsvSource({
        "'FFFF 0000 0000', a procedure has the number 0",
        "'FFFF 0A00 0000 00 08 26 04 04 07000000', is encrypted",
        "'FFFF 0A00 0000 81', parameter name claims a length of 129",
        "'FFFF 0A00 0000 00 00 F3 00 00 00 0104', a table-valued parameter claims 1025 columns",
        "'FFFF 0A00 0000 00 00 F3 00 00 00 FFFF 05', 0x5 is not a part of a table-valued parameter before its rows",
        "'FFFF 0A00 0000 00 00 F3 00 00 00 FFFF 00 01', 0x1 is not a part of a table-valued parameter after",
        "'FFFF 0A00', 2 bytes short",
        "'FFFE 0A00', short"
    })
    void whatLiesIsRefused(String hex, String because) {
        assertThatThrownBy(() -> RpcRequest.read(reader(hex(HEADERS + hex)), TdsVersion.V7_4))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(because);
    }

    @Test
    void moreParametersThanSqlServerTakesAreRefused() {
        String parameter = "00 00 26 04 00";
        assertThatThrownBy(() -> RpcRequest.read(
                        reader(hex(HEADERS + "FFFF 0A00 0000" + parameter.repeat(2101))), TdsVersion.V7_4))
                .hasMessageContaining("more than 2100 parameters");
    }

    @Test
    void aCallHasEitherANumberOrAName() {
        assertThatThrownBy(() -> new RpcCall(10, "p", 0, List.of())).hasMessageContaining("either");
        assertThatThrownBy(() -> new RpcCall(0, null, 0, List.of())).hasMessageContaining("either");
        assertThat(RpcCall.byId(99, List.of()).procedureName()).isEqualTo("procedure 99");
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void anyRequestComesBackInPacketsOfAnySize(@ForAll("requests") RpcRequest request) throws IOException {
        byte[] wire = payload(out -> request.write(out, TdsVersion.V7_4), 512);

        for (int size : new int[] {1, 2, 3, 504, wire.length}) {
            assertThat(RpcRequest.read(reader(wire, size), TdsVersion.V7_4))
                    .usingRecursiveComparison()
                    .isEqualTo(request);
        }
    }

    @Provide
    Arbitrary<RpcRequest> requests() {
        Arbitrary<RpcParameter> parameter = Arbitraries.oneOf(
                Arbitraries.integers().map(i -> RpcParameter.in("@i", TypeInfo.integer(), i)),
                Arbitraries.longs().injectNull(0.2).map(l -> RpcParameter.out("", TypeInfo.bigint(), l)),
                Arbitraries.strings()
                        .alpha()
                        .ofMaxLength(300)
                        .injectNull(0.1)
                        .map(s -> RpcParameter.in("@s", TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), s)),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(600)
                        .map(b -> RpcParameter.in("@b", TypeInfo.varbinary(8000), b)));
        Arbitrary<RpcCall> call = Combinators.combine(
                        Arbitraries.integers().between(0, 15),
                        parameter.list().ofMaxSize(6),
                        Arbitraries.of(true, true, false))
                .as((id, parameters, execute) -> new RpcCall(id, id == 0 ? "dbo.p" : null, 0, parameters, execute));
        return Combinators.combine(Arbitraries.longs(), call.list().ofMinSize(1).ofMaxSize(4))
                .as((descriptor, calls) -> new RpcRequest(new RequestHeaders(descriptor), calls));
    }
}
