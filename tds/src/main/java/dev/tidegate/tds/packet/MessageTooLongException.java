package dev.tidegate.tds.packet;

import java.io.IOException;

/** A message has more bytes than {@link TdsReader#limitMessage} allows. Its sender did nothing wrong in terms of the protocol. */
public final class MessageTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    MessageTooLongException(long limit, long position) {
        super("the message has more than " + limit + " bytes (reading stopped at byte " + position + ")");
    }
}
