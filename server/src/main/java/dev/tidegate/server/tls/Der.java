package dev.tidegate.server.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few forms of DER (ITU-T X.690) that a certificate is made of. Each method returns a complete element. */
final class Der {
    static final byte[] TRUE = element(0x01, new byte[] {(byte) 0xFF});

    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant UTC_TIME_END = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return element(0x30, elements);
    }

    static byte[] set(byte[]... elements) {
        return element(0x31, elements);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return element(0x04, content);
    }

    static byte[] bits(byte[] content) {
        return element(0x03, new byte[] {0}, content);
    }

    static byte[] utf8(String text) {
        return element(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    /** X.509 demands UTCTime until 2049 and GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
    static byte[] time(Instant instant) {
        boolean early = instant.isBefore(UTC_TIME_END);
        String text = (early ? UTC_TIME : GENERALIZED_TIME).format(instant);
        return element(early ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param dotted for instance 2.5.29.17 */
    static byte[] objectId(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    content.write(arc >>> shift & 0x7F | 0x80);
                }
            }
            content.write(arc & 0x7F);
        }
        return element(0x06, content.toByteArray());
    }

    /** A context-specific tag around complete elements. */
    static byte[] explicit(int tag, byte[]... elements) {
        return element(0xA0 | tag, elements);
    }

    /** A context-specific tag in place of a primitive element's own. */
    static byte[] implicit(int tag, byte[] content) {
        return element(0x80 | tag, content);
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >>> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
