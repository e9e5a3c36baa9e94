package dev.tidegate.tds.packet;

/** The bits of a packet header's status byte ([MS-TDS] 2.2.3.1.2). */
public final class PacketStatus {
    public static final int NORMAL = 0x00;
    /** End of message: the last packet of the request or the response. */
    public static final int EOM = 0x01;
    /** With {@link #EOM}: the receiver ignores this message; ends a bulk load that its sender gives up. */
    public static final int IGNORE = 0x02;
    /** On the first packet of a request: reset the session before running it. */
    public static final int RESET_CONNECTION = 0x08;
    /** As {@link #RESET_CONNECTION}, but the transaction stays. */
    public static final int RESET_CONNECTION_SKIP_TRAN = 0x10;

    private PacketStatus() {}
}
