package dev.tidegate.server.h2.order;

import java.text.Normalizer;
import org.h2.value.CompareMode;

/**
 * The order of text in every database of the server, near to that of SQL_Latin1_General_CP1_CI_AS: case does not count, and a text
 * is as good as padded with spaces to the length of the other (PAD SPACE). Signs come before digits and digits before letters; a
 * letter with an accent stands beside the one without, from which it differs only if nothing else does.
 *
 * <p>No text is smaller than one that it begins with: the space has the smallest weight, also smaller than those of control characters,
 * which SQL Server puts before it. H2 relies on that when it looks for the beginning of a LIKE pattern in an index. Stateless.
 */
public final class TextOrder extends CompareMode {
    public static final TextOrder INSTANCE = new TextOrder();

    private static final int CONTROL = 0x100;
    private static final int SIGN = 0x200;
    private static final int DIGIT = 0x300;
    private static final int LETTER = 0x400;
    private static final int OTHER = 0x1000;
    /** Up to here Latin letters are found by a table. */
    private static final int TABLE_SIZE = 0x250;
    /** Letters that do not come apart, and those beside which they stand. */
    private static final String WHOLE = "ßæøđðłþœħŋ";

    private static final String BESIDE = "saoddltohn";

    private static final int[] WEIGHTS = weights();

    private TextOrder() {
        super("TIDEGATE", 0);
    }

    private static int[] weights() {
        int[] weights = new int[TABLE_SIZE];
        for (char c = 0; c < TABLE_SIZE; c++) {
            char folded = fold(c);
            char base = base(folded);
            if (base >= 'a' && base <= 'z') {
                weights[c] = LETTER + base;
            } else if (c >= '0' && c <= '9') {
                weights[c] = DIGIT + c;
            } else if (c == ' ') {
                weights[c] = 0;
            } else if (Character.isISOControl(c)) {
                weights[c] = CONTROL + c;
            } else {
                weights[c] = c < 0x80 ? SIGN + c : OTHER + folded;
            }
        }
        return weights;
    }

    private static char base(char folded) {
        int whole = WHOLE.indexOf(folded);
        return whole >= 0
                ? BESIDE.charAt(whole)
                : Normalizer.normalize(String.valueOf(folded), Normalizer.Form.NFD)
                        .charAt(0);
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static int weight(char c) {
        if (c < TABLE_SIZE) {
            return WEIGHTS[c];
        }
        // Of some signs, such as that of the kelvin, the small letter is an ordinary one.
        char folded = fold(c);
        return folded < TABLE_SIZE ? WEIGHTS[folded] : OTHER + folded;
    }

    @Override
    public int compareString(String a, String b, boolean ignoreCase) {
        int common = Math.min(a.length(), b.length());
        int accents = 0;
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                int difference = weight(left) - weight(right);
                if (difference != 0) {
                    return difference;
                }
                if (accents == 0) {
                    accents = fold(left) - fold(right);
                }
            }
        }
        if (hasMoreThanSpaces(a, common)) {
            return 1;
        }
        return hasMoreThanSpaces(b, common) ? -1 : accents;
    }

    private static boolean hasMoreThanSpaces(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) != ' ') {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equalsChars(String a, int ai, String b, int bi, boolean ignoreCase) {
        char left = a.charAt(ai);
        char right = b.charAt(bi);
        return left == right || fold(left) == fold(right);
    }
}
