package dev.tidegate.server.h2.row;

import dev.tidegate.server.tsql.convert.CodePageText;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.packet.Utf16;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.UnreadableValueException;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarcharIgnoreCase;

/** Cells of text and of what else is bytes that are loaded. */
final class LoadBytes {
    private LoadBytes() {}

    /** Character types, from one into another too. */
    static final class Text extends LoadCell {
        private final SqlType target;
        private final LoadErrors errors;
        private final RecentValues recent = new RecentValues();

        Text(SqlType target, LoadErrors errors) {
            this.target = target;
            this.errors = errors;
        }

        @Override
        public void setUtf16(int row, byte[] bytes, int offset, int length) {
            if (!isRecent(bytes, offset, length)) {
                take(Utf16.decode(bytes, offset, length), bytes, offset, length);
            }
        }

        @Override
        public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
            if (isRecent(bytes, offset, length)) {
                return;
            }
            try {
                take(TextBytes.decode(bytes, offset, length, charset), bytes, offset, length);
            } catch (UnreadableValueException e) {
                refuse(errors.unreadable(e.getMessage()));
            }
        }

        private boolean isRecent(byte[] bytes, int offset, int length) {
            value = recent.find(bytes, offset, length);
            return value != null;
        }

        private void take(String text, byte[] bytes, int offset, int length) {
            int most = target.length();
            if (most > 0 && Conversion.withoutSpacesBeyond(text, most).length() > most) {
                refuse(errors.truncated(text.substring(0, most)));
                return;
            }
            value = ValueVarcharIgnoreCase.get(Conversion.fitText(CodePageText.of(text, target), target));
            recent.add(bytes, offset, length, value);
        }
    }

    /** varbinary. */
    static final class Binary extends LoadCell {
        private final SqlType target;
        private final LoadErrors errors;

        Binary(SqlType target, LoadErrors errors) {
            this.target = target;
            this.errors = errors;
        }

        @Override
        public void setBytes(int row, byte[] bytes, int offset, int length) {
            if (target.length() > 0 && length > target.length()) {
                refuse(errors.truncated(""));
            } else {
                value = ValueVarbinary.getNoCopy(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }
    }

    /** uniqueidentifier. */
    static final class Guid extends LoadCell {
        @Override
        public void setUuid(int row, long mostSignificant, long leastSignificant) {
            value = ValueUuid.get(mostSignificant, leastSignificant);
        }
    }
}
