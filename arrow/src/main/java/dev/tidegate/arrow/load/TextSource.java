package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;

/** Character types, xml and json, from UTF-8. The text is a view of one array that every value is decoded into. */
final class TextSource extends VectorSource {
    private static final int LONGEST = Integer.MAX_VALUE - 64;

    private final int longest;
    private final boolean countsBytes;
    private final boolean cuts;
    private final String target;
    private final CharsetDecoder decoder;
    private final Places places = new Places();
    private byte[] bytes = new byte[256];
    private CharBuffer text = CharBuffer.allocate(256);
    private int currentRow;

    TextSource(Column to, Set<Loss> allowed) {
        super(to.name());
        TypeInfo type = to.type();
        this.target = type.toSql();
        this.cuts = allowed.contains(Loss.TEXT);
        this.longest = longest(type);
        this.countsBytes = switch (type.type()) {
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, TEXT -> true;
            default -> false;
        };
        CodingErrorAction action = cuts ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
        this.decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(action);
    }

    /** In UTF-16 units or in bytes. */
    private static int longest(TypeInfo type) {
        return switch (type.type()) {
            case NCHAR, NVARCHAR -> type.isPlp() ? LONGEST : type.maxLength() / Character.BYTES;
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR -> type.isPlp() ? LONGEST : type.maxLength();
            default -> LONGEST;
        };
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        places.begin(next);
        currentRow = -1;
    }

    @Override
    public CharSequence getText(int row) {
        if (row != currentRow) {
            read(row);
            currentRow = row;
        }
        return text;
    }

    @Override
    public boolean getNulls(int first, int count, boolean[] into) {
        return readNulls(first, count, into);
    }

    @Override
    public boolean givesUtf8() {
        return true;
    }

    @Override
    public byte[] getUtf8(int first, int count, boolean[] nulls, int[] starts) {
        return places.read(first, count, starts);
    }

    private void read(int row) {
        long length = places.length(row);
        if (length < 0) {
            throw misfit(row, length + " bytes", Places.BROKEN);
        }
        if (length > LONGEST) {
            throw misfit(row, length + " bytes", "a value of SQL Server has 2 GB at most");
        }
        int count = (int) length;
        if (bytes.length < count) {
            bytes = new byte[Math.max(count, (int) Math.min(LONGEST, 2L * bytes.length))];
        }
        places.data().getBytes(places.start(row), bytes, 0, count);
        if (text.capacity() < count) {
            text = CharBuffer.allocate(bytes.length);
        }
        text.clear();
        if (isAscii(count)) {
            char[] units = text.array();
            for (int i = 0; i < count; i++) {
                units[i] = (char) bytes[i];
            }
            text.position(count);
        } else {
            decode(row, count);
        }
        text.flip();
        checkLength(row);
    }

    private boolean isAscii(int count) {
        byte all = 0;
        for (int i = 0; i < count; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    private void decode(int row, int count) {
        decoder.reset();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, 0, count), text, true);
        if (result.isError()) {
            throw misfit(
                    row,
                    new String(bytes, 0, count, StandardCharsets.UTF_8),
                    "its bytes are not UTF-8; allow the loss of text (" + Loss.TEXT.hint()
                            + ") to replace them by U+FFFD");
        }
        decoder.flush(text);
    }

    /** Of a code page the encoder counts the bytes itself; that the text has more units than there is room for bytes is seen here. */
    private void checkLength(int row) {
        int length = text.remaining();
        if (length <= longest) {
            return;
        }
        if (!cuts) {
            throw misfit(
                    row,
                    text.toString(),
                    target + " has room for " + longest + (countsBytes ? " bytes" : " characters") + ", the text has "
                            + length + "; widen the column, or allow the cut (" + Loss.TEXT.hint() + ")");
        }
        int end = longest;
        if (end > 0 && Character.isHighSurrogate(text.get(end - 1))) {
            end--;
        }
        text.limit(end);
    }
}
