package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** The characters of a code page in which every character has one byte. */
final class CodePageTable {
    /** By the upper byte of the unit, then by the lower one; 0 where there is no character: the only one with that byte is NUL, which is ASCII. */
    private final byte[][] pages = new byte[256][];

    private CodePageTable() {}

    /** @return null if a character may have several bytes */
    static CodePageTable of(Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.maxBytesPerChar() > 1) {
            return null;
        }
        CodePageTable table = new CodePageTable();
        for (int b = 0x80; b <= 0xFF; b++) {
            CharBuffer character = charset.decode(ByteBuffer.wrap(new byte[] {(byte) b}));
            if (character.length() == 1 && encoder.canEncode(character.charAt(0))) {
                // Asked of the encoder, because two bytes may stand for one character.
                table.put(character.charAt(0), encode(encoder, character));
            }
        }
        return table;
    }

    private static byte encode(CharsetEncoder encoder, CharBuffer character) {
        try {
            return encoder.encode(character).get(0);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a character that " + encoder.charset() + " has cannot be encoded", e);
        }
    }

    private void put(char character, byte encoded) {
        int page = character >>> 8;
        if (pages[page] == null) {
            pages[page] = new byte[256];
        }
        pages[page][character & 0xFF] = encoded;
    }

    /**
     * Writes one byte for each unit.
     *
     * @param length of the units, in bytes
     * @return false at a character that the code page lacks
     */
    boolean encode(byte[] units, int length, byte[] target, int start) {
        for (int i = 0; i < length; i += 2) {
            int unit = LittleEndian.getUnsignedShort(units, i);
            byte encoded = (byte) unit;
            if (unit >= 0x80) {
                byte[] page = pages[unit >>> 8];
                encoded = page == null ? 0 : page[unit & 0xFF];
                if (encoded == 0) {
                    return false;
                }
            }
            target[start + i / 2] = encoded;
        }
        return true;
    }
}
