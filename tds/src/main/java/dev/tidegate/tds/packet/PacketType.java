package dev.tidegate.tds.packet;

import java.util.Optional;

/** The type of a message, first byte of each of its packets ([MS-TDS] 2.2.3.1.1). */
public enum PacketType {
    SQL_BATCH(0x01),
    PRE_TDS7_LOGIN(0x02),
    RPC(0x03),
    RESPONSE(0x04),
    ATTENTION(0x06),
    BULK_LOAD(0x07),
    FEDAUTH_TOKEN(0x08),
    TRANSACTION_MANAGER(0x0E),
    LOGIN7(0x10),
    SSPI(0x11),
    PRELOGIN(0x12);

    private static final PacketType[] ALL = values();

    private final int code;

    PacketType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<PacketType> ofCode(int code) {
        for (PacketType type : ALL) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
