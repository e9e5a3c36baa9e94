package dev.tidegate.tds.token;

/**
 * DONE, DONEPROC and DONEINPROC ([MS-TDS] 2.2.7.6 to 2.2.7.8).
 *
 * @param status the bits below
 * @param command CurCmd: token of the SQL statement, for instance 0xC1 SELECT, 0xC3 INSERT
 * @param rowCount valid only if {@link #hasCount()}
 */
public record Done(Kind kind, int status, int command, long rowCount) implements Token {
    /** Which of the three tokens it is. */
    public enum Kind {
        DONE,
        DONEPROC,
        DONEINPROC
    }

    public static final int FINAL = 0x00;
    public static final int MORE = 0x01;
    public static final int ERROR = 0x02;
    public static final int IN_TRANSACTION = 0x04;
    public static final int COUNT = 0x10;
    public static final int ATTENTION = 0x20;
    public static final int SERVER_ERROR = 0x100;

    public static final int COMMAND_SELECT = 0xC1;
    public static final int COMMAND_INSERT = 0xC3;
    public static final int COMMAND_DELETE = 0xC4;
    public static final int COMMAND_UPDATE = 0xC5;
    public static final int COMMAND_MERGE = 0x117;

    public boolean hasMore() {
        return (status & MORE) != 0;
    }

    public boolean hasCount() {
        return (status & COUNT) != 0;
    }

    public boolean isError() {
        return (status & (ERROR | SERVER_ERROR)) != 0;
    }

    public boolean isAttention() {
        return (status & ATTENTION) != 0;
    }
}
