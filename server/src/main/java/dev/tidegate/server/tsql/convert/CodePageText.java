package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.Collation;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/**
 * What char, varchar and text can hold: the characters of the databases' code page, Windows-1252. Others become question marks when text
 * is converted to one of these types, one for each UTF-16 unit, and so does a constant without its N. Stateless.
 */
public final class CodePageText {
    /** Of every database of this server. */
    public static final Charset CODE_PAGE = Collation.DEFAULT.charset();

    private CodePageText() {}

    /** The text as a column of the type keeps it; the same object if there is nothing to replace. */
    public static String of(String text, SqlType type) {
        return type.isCharacter() && !type.kind().isNational() ? of(text) : text;
    }

    /** @param text may be null */
    public static String of(String text) {
        int plain = text == null ? 0 : asciiPrefix(text);
        return text == null || plain == text.length() ? text : replaced(text, plain);
    }

    private static int asciiPrefix(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) < 0x80) {
            at++;
        }
        return at;
    }

    private static String replaced(String text, int from) {
        CharsetEncoder encoder = CODE_PAGE.newEncoder();
        StringBuilder result = null;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && !encoder.canEncode(c)) {
                result = result == null ? new StringBuilder(text) : result;
                result.setCharAt(i, '?');
            }
        }
        return result == null ? text : result.toString();
    }
}
