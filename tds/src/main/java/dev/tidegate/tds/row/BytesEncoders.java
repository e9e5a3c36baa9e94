package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.GuidBytes;
import dev.tidegate.tds.type.PlpWriter;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueCodec;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import dev.tidegate.tds.type.VectorBytes;
import java.io.IOException;
import java.nio.charset.Charset;

/** Encoders of text, binary values, and what else is bytes. */
final class BytesEncoders {
    private BytesEncoders() {}

    /** uniqueidentifier. */
    static final class Guid extends ColumnEncoder {
        Guid(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long high = source.getUuidHigh(row);
            long low = source.getUuidLow(row);
            int at = begin(out, GuidBytes.LENGTH);
            GuidBytes.put(out.buffer(), at, high, low);
        }
    }

    /** nchar and nvarchar of a length. */
    static final class Utf16 extends ColumnEncoder {
        Utf16(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            CharSequence text = source.getText(row);
            if (text.length() > type.maxLength() / 2) {
                throw tooLong(type, text.length() + " characters");
            }
            out.writeShort(text.length() * 2);
            out.writeUtf16(text);
        }
    }

    /** char and varchar of a length. */
    static final class Text extends ColumnEncoder {
        private final TextEncoder encoder;

        Text(TypeInfo type) {
            super(type);
            this.encoder = new TextEncoder(TextBytes.charsetOf(type));
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            byte[] bytes = encoder.encode(source.getText(row), type.maxLength());
            int length = encoder.length();
            checkLength(type, length);
            if (prefix == 1) {
                out.writeByte(length);
            } else {
                out.writeShort(length);
            }
            out.writeBytes(bytes, 0, length);
        }
    }

    /** binary and varbinary of a length. */
    static final class Binary extends ColumnEncoder {
        Binary(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            byte[] bytes = source.getBytes(row);
            checkLength(type, bytes.length);
            if (prefix == 1) {
                out.writeByte(bytes.length);
            } else {
                out.writeShort(bytes.length);
            }
            out.writeBytes(bytes);
        }
    }

    /** nvarchar(max) and xml. */
    static final class MaxUtf16 extends ColumnEncoder {
        MaxUtf16(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            PlpWriter.writeUtf16(out, source.getText(row));
        }
    }

    /** varchar(max) and json. */
    static final class MaxText extends ColumnEncoder {
        private final Charset charset;

        MaxText(TypeInfo type) {
            super(type);
            this.charset = TextBytes.charsetOf(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            PlpWriter.writeText(out, source.getText(row), charset);
        }
    }

    /** varbinary(max) and CLR types. */
    static final class MaxBinary extends ColumnEncoder {
        MaxBinary(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            byte[] bytes = source.getBytes(row);
            PlpWriter.writeBytes(out, bytes, bytes.length);
        }
    }

    /** vector, from its bytes with their header. */
    static final class Vector extends ColumnEncoder {
        Vector(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            byte[] bytes = source.getBytes(row);
            VectorBytes.check(bytes, type);
            out.writeShort(bytes.length);
            out.writeBytes(bytes);
        }
    }

    /** sql_variant, from text. */
    static final class Variant extends ColumnEncoder {
        Variant(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            ValueCodec.write(out, type, SqlVariant.of(source.getText(row)));
        }
    }

    /** text, ntext and image: the value behind a text pointer. */
    static final class Pointed extends ColumnEncoder {
        private static final byte[] POINTER = new byte[LongValues.POINTER_LENGTH + LongValues.TIMESTAMP_LENGTH];

        Pointed(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            encode(out, type.sqlType().isText() ? source.getText(row) : source.getBytes(row));
        }

        @Override
        void encode(TdsWriter out, Object value) throws IOException {
            if (value == null) {
                out.writeByte(0);
                return;
            }
            out.writeByte(LongValues.POINTER_LENGTH);
            out.writeBytes(POINTER);
            ValueCodec.write(out, type, value);
        }
    }

    private static void checkLength(TypeInfo type, int length) {
        if (length > type.maxLength()) {
            throw tooLong(type, length + " bytes");
        }
        if (length == 0 && type.type().layout() == DataType.Layout.BYTE_LENGTH) {
            throw new ValueOutOfRangeException("type token " + type.type() + " has no empty value, only NULL");
        }
    }

    private static ValueOutOfRangeException tooLong(TypeInfo type, String length) {
        return new ValueOutOfRangeException(length + " do not fit " + type.toSql());
    }
}
