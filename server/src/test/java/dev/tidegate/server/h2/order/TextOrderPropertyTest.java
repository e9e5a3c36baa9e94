package dev.tidegate.server.h2.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What H2's indexes, and SQL Server's users, count on. */
class TextOrderPropertyTest {
    /** Few characters of each kind, so that texts meet. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("aAbBzZ09 _-.~\t\u0001éÉèžŽßæ日жЖ\uD83D\uDE00")
                .ofMaxLength(6);
    }

    private static int compare(String a, String b) {
        return Integer.signum(TextOrder.INSTANCE.compareString(a, b, true));
    }

    @Property
    void isAnOrder(@ForAll("texts") String a, @ForAll("texts") String b, @ForAll("texts") String c) {
        assertThat(compare(a, b)).isEqualTo(-compare(b, a));
        if (compare(a, b) <= 0 && compare(b, c) <= 0) {
            assertThat(compare(a, c)).isLessThanOrEqualTo(0);
        }
        if (compare(a, b) == 0) {
            assertThat(compare(a, c)).isEqualTo(compare(b, c));
        }
    }

    @Property
    void textsAreEqualThatDifferInCaseAndTrailingSpacesOnly(
            @ForAll("texts") String a, @ForAll("texts") String b, @ForAll @IntRange(max = 5) int spaces) {
        assertThat(compare(a, a + " ".repeat(spaces))).isZero();
        assertThat(compare(a, a.toUpperCase(Locale.ROOT).replace("SS", "ß"))).isZero();
        boolean same = a.replaceAll(" +$", "").equalsIgnoreCase(b.replaceAll(" +$", ""));
        assertThat(compare(a, b) == 0).isEqualTo(same);
    }

    @Example
    void signsWhoseSmallLetterIsAnOrdinaryOneAreEqualToIt() {
        String kelvin = "\u212A";
        String angstrom = "\u212B";
        assertThat(compare(kelvin, "k")).isZero();
        assertThat(compare(angstrom, "\u00e5")).isZero();
        assertThat(compare("\u1E9E", "\u00df")).isZero();
        assertThat(compare(kelvin, "l")).isNegative();
    }

    /** H2 looks for {@code LIKE 'ab%'} from {@code ab} up to the first text after it whose last character is a later one. */
    @Property
    void whatBeginsWithATextFollowsItBeforeTheNextOne(
            @ForAll("texts") String start, @ForAll @IntRange(min = 0x20, max = 0x7E) int last, @ForAll("texts") String rest) {
        String begin = start + (char) last;
        String whole = begin + rest;
        assertThat(compare(begin, whole)).isLessThanOrEqualTo(0);
        String end = begin;
        for (int i = 1; i < 2_000 && compare(begin, end) >= 0; i++) {
            end = start + (char) (last + i);
        }
        assertThat(compare(begin, end)).isNegative();
        assertThat(compare(whole, end)).isNegative();
    }

    @Property
    void anAccentCountsOnlyIfNothingElseDiffers(@ForAll("texts") String a, @ForAll("texts") String b) {
        String plainA = Normalizer.normalize(a, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String plainB = Normalizer.normalize(b, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        if (compare(plainA, plainB) != 0 && !(a + b).contains("ß") && !(a + b).contains("æ")) {
            assertThat(compare(a, b)).isEqualTo(compare(plainA, plainB));
        }
    }
}
