package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.ContentReader;
import dev.tidegate.tds.type.MoneyBytes;
import dev.tidegate.tds.type.TemporalBytes;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the row on which a {@link RowCursor} stands the short way: for a caller who takes no lock for it, and finds out afterwards whether
 * somebody has moved the cursor meanwhile. Until then any byte may be of another row. So no error is raised here for what the bytes are,
 * and nothing is remembered of them but what was made of a copy. What is not plain, an error included, is left to the cursor: {@link #isSure} is
 * false then, and the value returned means nothing.
 *
 * <p>Texts and decimals that repeat are given as the same object again. Columns count from 0 and must exist. Used by one thread.
 */
public final class PlainReader {
    private static final byte OTHER = 0;
    private static final byte BIT = 1;
    private static final byte TINYINT = 2;
    private static final byte SMALLINT = 3;
    private static final byte INT = 4;
    private static final byte BIGINT = 5;
    private static final byte REAL = 6;
    private static final byte FLOAT = 7;
    private static final byte DECIMAL = 8;
    private static final byte MONEY = 9;
    private static final byte DATE = 10;
    private static final byte DATETIME2 = 11;
    private static final byte UTF16 = 12;
    private static final byte CODE_PAGE = 13;
    /** Is not read here. */
    private static final byte NEVER = 14;

    /** Rows before it is worth while to remember values of a column: a page of a program has fewer. */
    private static final int FEW = 256;

    private final List<TypeInfo> types;
    private final RowBytes row;
    private final byte[] forms;
    private final byte[] scales;
    /** Of the columns in a code page; found when the first value is read. */
    private final Charset[] charsets;

    private final RecentTexts[] texts;
    private final RecentDecimals[] decimals;
    private final Utf16Text utf16 = new Utf16Text();
    private int rows;
    /** Where the row stands among those that the cursor has found; see {@link RowBytes#lengthInPlace}. */
    private int first;

    private RowsAhead ahead;
    private long taken;
    private boolean sure;
    private boolean isNull;

    PlainReader(List<TypeInfo> types, RowBytes row) {
        this.types = types;
        this.row = row;
        int columns = types.size();
        this.forms = new byte[columns];
        this.scales = new byte[columns];
        this.charsets = new Charset[columns];
        this.texts = new RecentTexts[columns];
        this.decimals = new RecentDecimals[columns];
        for (int i = 0; i < columns; i++) {
            forms[i] = form(types.get(i));
            scales[i] = (byte) types.get(i).scale();
        }
    }

    private static byte form(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> BIT;
            case TINYINT -> TINYINT;
            case SMALLINT -> SMALLINT;
            case INT -> INT;
            case BIGINT -> BIGINT;
            case REAL -> REAL;
            case FLOAT -> FLOAT;
            case DECIMAL, NUMERIC -> DECIMAL;
            case SMALLMONEY, MONEY -> MONEY;
            case DATE -> DATE;
            case DATETIME2 -> DATETIME2;
            case NCHAR, NVARCHAR, NTEXT, XML -> UTF16;
            case CHAR, VARCHAR, TEXT, JSON -> CODE_PAGE;
            case NULL, TABLE -> NEVER;
            default -> OTHER;
        };
    }

    /** To be told when the cursor was moved, by the thread that reads. */
    public void rowBegins() {
        rows += rows <= FEW ? 1 : 0;
        first = 0;
        ahead = row.ahead();
        if (ahead != null) {
            taken = ahead.word();
        }
    }

    /**
     * Moves to the next row, without the lock that guards the cursor. Only by the thread that has moved the cursor to the row that it was told
     * of last ({@link #rowBegins}).
     *
     * @return false if the cursor has to be moved: the row has not been found yet, or somebody has used the cursor meanwhile
     */
    public boolean advance() {
        if (ahead == null || !ahead.take(taken)) {
            return false;
        }
        taken = RowsAhead.next(taken);
        first += types.size();
        return true;
    }

    /** Whether what was returned last was read; it is the value if the cursor still stands where it stood. */
    public boolean isSure() {
        return sure;
    }

    /** Whether what was returned last stands for NULL. */
    public boolean wasNull() {
        return isNull;
    }

    /** Length of the value in bytes; -1 if there is none to be read, because it is NULL or not to be read here. */
    private int begin(int column) {
        sure = row.isWhole();
        int length = sure ? row.lengthInPlace(first + column) : -1;
        isNull = length < 0;
        return length;
    }

    private void unsure() {
        sure = false;
    }

    /** Of bit and the integer types, 0 for NULL. */
    public long integer(int column) {
        if (begin(column) < 0) {
            return 0;
        }
        try {
            byte[] bytes = row.bytes();
            int at = row.start(first + column);
            switch (forms[column]) {
                case BIT:
                    return bytes[at] == 0 ? 0 : 1;
                case TINYINT:
                    return bytes[at] & 0xFF;
                case SMALLINT:
                    return LittleEndian.getShort(bytes, at);
                case INT:
                    return LittleEndian.getInt(bytes, at);
                case BIGINT:
                    return LittleEndian.getLong(bytes, at);
                default:
            }
        } catch (IndexOutOfBoundsException e) {
            // Of another row.
        }
        unsure();
        return 0;
    }

    /** Of real and float, 0 for NULL. */
    public double real(int column) {
        if (begin(column) < 0) {
            return 0;
        }
        try {
            if (forms[column] == FLOAT) {
                return Double.longBitsToDouble(LittleEndian.getLong(row.bytes(), row.start(first + column)));
            }
            if (forms[column] == REAL) {
                return Float.intBitsToFloat(LittleEndian.getInt(row.bytes(), row.start(first + column)));
            }
        } catch (IndexOutOfBoundsException e) {
            // Of another row.
        }
        unsure();
        return 0;
    }

    /** Of decimal, numeric and the money types. */
    public BigDecimal decimal(int column) {
        int length = begin(column);
        if (length < 0) {
            return null;
        }
        try {
            byte[] bytes = row.bytes();
            int at = row.start(first + column);
            if (forms[column] == DECIMAL) {
                return decimal(column, bytes, at, length);
            }
            if (forms[column] == MONEY) {
                return BigDecimal.valueOf(MoneyBytes.get(bytes, at, length), MoneyBytes.SCALE);
            }
        } catch (IndexOutOfBoundsException e) {
            // Of another row.
        }
        unsure();
        return null;
    }

    private BigDecimal decimal(int column, byte[] bytes, int at, int length) {
        long magnitude;
        if (length == 9) {
            magnitude = LittleEndian.getLong(bytes, at + 1);
        } else if (length == 5) {
            magnitude = LittleEndian.getInt(bytes, at + 1) & 0xFFFF_FFFFL;
        } else {
            magnitude = -1;
        }
        if (magnitude < 0) {
            // More than 63 bits.
            unsure();
            return null;
        }
        long unscaled = bytes[at] == 0 ? -magnitude : magnitude;
        if (rows > FEW) {
            RecentDecimals recent = decimals[column];
            if (recent == null) {
                recent = new RecentDecimals(scales[column]);
                decimals[column] = recent;
            }
            if (!recent.isOver()) {
                return recent.get(unscaled);
            }
        }
        return BigDecimal.valueOf(unscaled, scales[column]);
    }

    /** Of the character types, xml and json. */
    public String text(int column) {
        int length = begin(column);
        if (length < 0) {
            return null;
        }
        try {
            if (forms[column] == UTF16 || forms[column] == CODE_PAGE) {
                return text(column, row.bytes(), row.start(first + column), length);
            }
        } catch (IOException | RuntimeException e) {
            // Of another row, or in error: then the cursor will say so.
        }
        unsure();
        return null;
    }

    private String text(int column, byte[] bytes, int at, int length) throws IOException {
        if (length == 0) {
            return "";
        }
        if (rows > FEW && length <= RecentTexts.LONGEST) {
            RecentTexts recent = texts[column];
            if (recent == null) {
                recent = new RecentTexts();
                texts[column] = recent;
            }
            if (!recent.isOver()) {
                String known = recent.find(bytes, at, length);
                return known != null ? known : added(recent, column, Arrays.copyOfRange(bytes, at, at + length));
            }
        }
        return decode(column, bytes, at, length);
    }

    private String added(RecentTexts recent, int column, byte[] copy) throws IOException {
        String text = decode(column, copy, 0, copy.length);
        recent.add(copy, text);
        return text;
    }

    private String decode(int column, byte[] bytes, int at, int length) throws IOException {
        if (forms[column] == UTF16) {
            TextBytes.checkUtf16(length);
            return utf16.read(bytes, at, length);
        }
        Charset charset = charsets[column];
        if (charset == null) {
            charset = charset(column);
        }
        return TextBytes.isAscii(bytes, at, length)
                ? new String(bytes, at, length, StandardCharsets.ISO_8859_1)
                : TextBytes.decode(bytes, at, length, charset);
    }

    private Charset charset(int column) {
        forms[column] = NEVER;
        Charset charset = TextBytes.charsetOf(types.get(column));
        if (!TextBytes.keepsAscii(charset)) {
            throw new IllegalStateException(charset + " is left to the cursor");
        }
        forms[column] = CODE_PAGE;
        charsets[column] = charset;
        return charset;
    }

    /** In the form that {@link RowCursor#getObject} gives. */
    public Object value(int column) {
        switch (forms[column]) {
            case DECIMAL, MONEY:
                return decimal(column);
            case UTF16, CODE_PAGE:
                return text(column);
            default:
        }
        int length = begin(column);
        if (length < 0) {
            return null;
        }
        try {
            byte[] bytes = row.bytes();
            int at = row.start(first + column);
            switch (forms[column]) {
                case DATE:
                    return LocalDate.ofEpochDay(TemporalBytes.epochDay(bytes, at));
                case DATETIME2:
                    int timeLength = length - 3;
                    return LocalDateTime.of(
                            LocalDate.ofEpochDay(TemporalBytes.epochDay(bytes, at + timeLength)),
                            LocalTime.ofNanoOfDay(TemporalBytes.ticks(bytes, at, timeLength, scales[column]) * 100));
                case NEVER:
                    break;
                default:
                    return ContentReader.read(types.get(column), bytes, at, length);
            }
        } catch (IOException | RuntimeException e) {
            // Of another row, or in error: then the cursor will say so.
        }
        unsure();
        return null;
    }
}
