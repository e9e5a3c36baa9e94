package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.Wire;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollationTest {
    @Test
    void standsInFiveBytes() throws IOException {
        byte[] bytes = Wire.payload(out -> Collation.write(out, Collation.DEFAULT));
        assertThat(bytes).isEqualTo(Wire.hex("0904d00034"));
        assertThat(Collation.read(Wire.reader(bytes))).isEqualTo(Collation.DEFAULT);
        assertThat(Wire.payload(out -> Collation.write(out, null))).isEqualTo(new byte[5]);
    }

    @Test
    void tellsItsFlags() {
        assertThat(Collation.DEFAULT.lcid()).isEqualTo(0x0409);
        assertThat(Collation.DEFAULT.ignoresCase()).isTrue();
        assertThat(Collation.DEFAULT.ignoresAccent()).isFalse();
        assertThat(Collation.DEFAULT.ignoresWidth()).isTrue();
        assertThat(Collation.DEFAULT.ignoresKana()).isTrue();
        assertThat(Collation.DEFAULT.isBinary()).isFalse();
        assertThat(Collation.UTF8.version()).isEqualTo(2);
        assertThat(Collation.UTF8.isUtf8()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SQL_Latin1_General_CP1_CI_AS, 00D00409, 52, 1252",
        "SQL_Latin1_General_CP437_BIN, 01000409, 30, 437",
        "SQL_Latin1_General_CP850_CS_AS, 00C00409, 41, 850",
        "SQL_Latin1_General_CP1_CI_AI, 00F00409, 54, 1252",
        "SQL_Ukrainian_CP1251_CI_AS, 00D00422, 108, 1251",
        "SQL_Polish_CP1250_CS_AS, 00C00415, 87, 1250",
        "Latin1_General_CI_AS, 00D00409, 0, 1252",
        "Latin1_General_BIN, 01000409, 0, 1252",
        "Latin1_General_BIN2, 02000409, 0, 1252",
        "Latin1_General_100_CS_AS_KS_WS, 20000409, 0, 1252",
        "Latin1_General_100_CI_AS_SC_UTF8, 24D00409, 0, 65001",
        "Latin1_General_100_BIN2_UTF8, 26000409, 0, 65001",
        "Japanese_CI_AS, 00D00411, 0, 932",
        "Japanese_XJIS_140_CI_AS, 30D00411, 0, 932",
        "Chinese_PRC_CI_AS, 00D00804, 0, 936",
        "Chinese_Taiwan_Stroke_CI_AS, 00D00404, 0, 950",
        "Korean_Wansung_CI_AS, 00D00412, 0, 949",
        "Thai_CI_AS, 00D0041E, 0, 874",
        "Cyrillic_General_100_CI_AI, 20F00419, 0, 1251",
        "Greek_CI_AS, 00D00408, 0, 1253",
        "Turkish_CI_AS, 00D0041F, 0, 1254",
        "Hebrew_CI_AS, 00D0040D, 0, 1255",
        "Arabic_CI_AS, 00D00401, 0, 1256",
        "Estonian_CI_AS, 00D00425, 0, 1257",
        "Vietnamese_CI_AS, 00D0042A, 0, 1258",
        "Serbian_Cyrillic_100_CI_AS, 20D00C1A, 0, 1251",
        "Serbian_Latin_100_CI_AS, 20D0081A, 0, 1250",
        "German_PhoneBook_CI_AS, 00D10407, 0, 1252",
    })
    void isKnownByName(String name, String info, int sortId, int codePage) {
        Collation collation = Collation.ofName(name).orElseThrow();
        assertThat(collation).isEqualTo(new Collation((int) Long.parseLong(info, 16), sortId));
        assertThat(collation.name()).contains(name);
        assertThat(collation.codePage()).isEqualTo(codePage);
        assertThat(collation.charset()).isNotNull();
        assertThat(Collation.ofName(name.toLowerCase(Locale.ROOT))).contains(collation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Latin1", "Klingon_CI_AS", "Latin1_General_90_CI_AS", "Latin1_General_CI", "SQL_x"})
    void otherNamesAreUnknown(String name) {
        assertThat(Collation.ofName(name)).isEmpty();
    }

    @Test
    void aNameWithSupplementaryCharactersHasTheBytesOfTheOneWithout() {
        Optional<Collation> with = Collation.ofName("Latin1_General_100_CI_AS_SC");
        assertThat(with).isEqualTo(Collation.ofName("Latin1_General_100_CI_AS"));
    }

    @Test
    void everyCodePageOfTheTableIsThere() {
        int[] sortIds = {
            30, 35, 40, 45, 49, 50, 51, 54, 55, 61, 71, 75, 80, 96, 104, 108, 112, 114, 120, 124, 128, 130, 136, 138,
            144, 146, 152, 160, 183, 186, 192, 193, 194, 195, 196, 197, 198, 199, 200, 201, 202, 203, 204, 205, 206,
            210, 217
        };
        for (int sortId : sortIds) {
            assertThat(new Collation(0x0409, sortId).charset())
                    .as("sort id %d", sortId)
                    .isNotNull();
        }
    }

    @Test
    void whatHasNoCodePageIsRefusedByName() {
        assertThatThrownBy(() -> new Collation(0x0439, 0).charset())
                .isInstanceOf(UnsupportedCollationException.class)
                .hasMessageContaining("locale 0x00439 has no code page");
        assertThatThrownBy(() -> new Collation(0x03FF, 0).charset())
                .isInstanceOf(UnsupportedCollationException.class)
                .hasMessageContaining("locale 0x003FF");
        assertThatThrownBy(() -> new Collation(0x0409, 255).charset())
                .isInstanceOf(UnsupportedCollationException.class)
                .hasMessageContaining("sort id 255");
    }

    @Test
    void zerosStandForTheServersDefault() {
        assertThat(new Collation(0, 0).codePage()).isEqualTo(1252);
    }

    @Property(tries = 2000)
    void anyBytesHaveACharsetOrAClearError(@ForAll int info, @ForAll byte sortId) {
        Collation collation = new Collation(info, sortId & 0xFF);
        assertThat(collation.name()).isNotNull();
        try {
            assertThat(collation.charset()).isNotNull();
        } catch (UnsupportedCollationException e) {
            assertThat(e).hasMessageContaining("collation");
        }
    }
}
