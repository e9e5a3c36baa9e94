package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Set;
import org.duckdb.DuckDBReadableVector;

/** Character types, xml and json, from a VARCHAR vector. */
final class TextSource extends ChunkSource {
    private final int longest;
    private final Charset charset;
    private final CharsetEncoder encoder;
    private final boolean cuts;
    private final String target;
    private int currentRow = -1;
    private String current;

    /**
     * @param longest in UTF-16 units, or in bytes when there is a charset; {@link Integer#MAX_VALUE} for the (max) types
     * @param charset of a non-Unicode target, else null
     */
    private TextSource(String column, int longest, Charset charset, boolean cuts, String target) {
        super(column);
        this.longest = longest;
        this.charset = charset;
        this.encoder = charset == null ? null : charset.newEncoder();
        this.cuts = cuts;
        this.target = target;
    }

    /** @return null for a type that does not hold text */
    static TextSource of(Column to, Set<Loss> allowed) {
        TypeInfo type = to.type();
        boolean cuts = allowed.contains(Loss.TEXT);
        int limit = type.isPlp() ? Integer.MAX_VALUE : type.maxLength();
        return switch (type.type()) {
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, TEXT -> {
                Charset charset =
                        type.collation() == null ? null : type.collation().charset();
                yield new TextSource(to.name(), limit, charset, cuts, type.toSql());
            }
            case NCHAR, NVARCHAR ->
                new TextSource(to.name(), type.isPlp() ? limit : limit / Character.BYTES, null, cuts, type.toSql());
            case NTEXT, XML, JSON ->
                new TextSource(
                        to.name(), Integer.MAX_VALUE, null, cuts, type.type().sqlName());
            default -> null;
        };
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    public CharSequence getText(int row) {
        if (row != currentRow) {
            current = checked(row, vector().getString(row));
            currentRow = row;
        }
        return current;
    }

    private String checked(int row, String text) {
        if (text.length() <= longest && isAscii(text)) {
            // One byte each in every code page, so there is nothing to be tried.
            return text;
        }
        if (encoder != null && !encoder.canEncode(text) && !cuts) {
            throw misfit(
                    row,
                    text,
                    target + " is stored in the code page " + charset.name() + ", which lacks some of these characters;"
                            + " use nvarchar, or allow their loss (tidegate copy --lossy text)");
        }
        int length = encoder == null ? text.length() : encodedLength(text);
        if (length <= longest) {
            return text;
        }
        if (!cuts) {
            throw misfit(
                    row,
                    text,
                    target + " has room for " + longest + (encoder == null ? " characters" : " bytes")
                            + ", the text has " + length
                            + "; widen the column, or allow the cut (tidegate copy --lossy text)");
        }
        return cut(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The longest beginning that fits and does not split a surrogate pair. */
    private String cut(String text) {
        int end = Math.min(text.length(), longest);
        while (end > 0
                && (Character.isHighSurrogate(text.charAt(end - 1))
                        || encoder != null && encodedLength(text.substring(0, end)) > longest)) {
            end--;
        }
        return text.substring(0, end);
    }

    private int encodedLength(String text) {
        // No code page needs more than this; most text is far from its column's end.
        if (text.length() * 4L <= longest) {
            return text.length();
        }
        return text.getBytes(charset).length;
    }
}
