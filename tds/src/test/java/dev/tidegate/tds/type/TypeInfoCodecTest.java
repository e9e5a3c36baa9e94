package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.type.TypeInfo.SchemaName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** TYPE_INFO in both directions; single types byte by byte are in {@link ValueHexTest}. */
class TypeInfoCodecTest {
    private static final SchemaName NAMED = new SchemaName("db", "dbo", "point", "P, Version=1.0.0.0");

    @Provide
    Arbitrary<TypeInfo> types() {
        return Arbitraries.oneOf(
                TypedValue.types(),
                Arbitraries.of(
                        new TypeInfo(DataType.UDT, TypeInfo.PLP, 0, 0, null, NAMED),
                        new TypeInfo(DataType.UDT, 892, 0, 0, null, NAMED),
                        new TypeInfo(DataType.XML, TypeInfo.PLP, 0, 0, null, new SchemaName("db", "dbo", "s", null)),
                        new TypeInfo(DataType.TVP, 0, 0, 0, null, new SchemaName("", "dbo", "t", null)),
                        TypeInfo.of(DataType.NULL)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAndRefusedWhenCut(@ForAll("types") TypeInfo type) throws IOException {
        byte[] payload = Wire.payload(out -> TypeInfoCodec.write(out, type, TdsVersion.V7_4));
        Wire.assertReadsBack(payload, in -> TypeInfoCodec.read(in, TdsVersion.V7_4), type);
        Wire.assertCutIsRefused(payload, in -> TypeInfoCodec.read(in, TdsVersion.V7_4));
    }

    @Test
    void aRequestNamesAClrTypeWithoutItsLengthAndAssembly() throws IOException {
        TypeInfo type = new TypeInfo(DataType.UDT, 892, 0, 0, null, NAMED);
        byte[] payload = Wire.payload(out -> TypeInfoCodec.writeInRequest(out, type, TdsVersion.V7_4));
        assertThat(payload).isEqualTo(Wire.hex("f0 02 64006200 03 640062006f00 05 70006f0069006e007400"));
        TypeInfo read = TypeInfoCodec.readInRequest(Wire.reader(payload), TdsVersion.V7_4);
        assertThat(read)
                .isEqualTo(new TypeInfo(
                        DataType.UDT, TypeInfo.PLP, 0, 0, null, new SchemaName("db", "dbo", "point", null)));
    }

    @Test
    void aNullOfTextMayDeclareNoLength() throws IOException {
        TypeInfo type = TypeInfoCodec.read(Wire.reader(Wire.hex("63 ffffffff 0904d00034")), TdsVersion.V7_4);
        assertThat(type.toSql()).isEqualTo("ntext");
        assertThat(type.maxLength()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void utf16HasNoOddLength() throws IOException {
        for (String token : List.of("e7", "ef")) {
            byte[] odd = Wire.hex(token + "0900 0904d00034");
            assertThatThrownBy(() -> TypeInfoCodec.read(Wire.reader(odd), TdsVersion.V7_4))
                    .isInstanceOf(TdsProtocolException.class)
                    .hasMessageContaining("is 9 bytes; it is an even number");
            byte[] even = Wire.hex(token + "0800 0904d00034");
            assertThat(TypeInfoCodec.read(Wire.reader(even), TdsVersion.V7_4).maxLength())
                    .isEqualTo(8);
        }
        TypeInfo max = TypeInfoCodec.read(Wire.reader(Wire.hex("e7 ffff 0904d00034")), TdsVersion.V7_4);
        assertThat(max.isPlp()).isTrue();
    }

    @Test
    void everyTokenIsReadOrRefusedByName() throws IOException {
        for (int code = 0; code < 256; code++) {
            byte[] payload = new byte[40];
            Arrays.fill(payload, (byte) 4);
            payload[0] = (byte) code;
            try {
                assertThat(TypeInfoCodec.read(Wire.reader(payload), TdsVersion.V7_4)
                                .type()
                                .code())
                        .isEqualTo(code);
            } catch (TdsProtocolException e) {
                assertThat(e).hasMessageContaining("of the message");
            }
        }
    }
}
