package dev.tidegate.tds.message;

import java.util.List;

/** The system procedures that an RPC request may call by number ([MS-TDS] 2.2.6.6). */
public final class ProcedureIds {
    public static final int SP_CURSOR = 1;
    public static final int SP_CURSOROPEN = 2;
    public static final int SP_CURSORPREPARE = 3;
    public static final int SP_CURSOREXECUTE = 4;
    public static final int SP_CURSORPREPEXEC = 5;
    public static final int SP_CURSORUNPREPARE = 6;
    public static final int SP_CURSORFETCH = 7;
    public static final int SP_CURSOROPTION = 8;
    public static final int SP_CURSORCLOSE = 9;
    public static final int SP_EXECUTESQL = 10;
    public static final int SP_PREPARE = 11;
    public static final int SP_EXECUTE = 12;
    public static final int SP_PREPEXEC = 13;
    public static final int SP_PREPEXECRPC = 14;
    public static final int SP_UNPREPARE = 15;

    private static final List<String> NAMES = List.of(
            "sp_cursor",
            "sp_cursoropen",
            "sp_cursorprepare",
            "sp_cursorexecute",
            "sp_cursorprepexec",
            "sp_cursorunprepare",
            "sp_cursorfetch",
            "sp_cursoroption",
            "sp_cursorclose",
            "sp_executesql",
            "sp_prepare",
            "sp_execute",
            "sp_prepexec",
            "sp_prepexecrpc",
            "sp_unprepare");

    private ProcedureIds() {}

    public static boolean isKnown(int id) {
        return id >= 1 && id <= NAMES.size();
    }

    /**
     * The documented name, for instance {@code sp_executesql} for 10.
     *
     * @throws IllegalArgumentException if no procedure has that number
     */
    public static String name(int id) {
        if (!isKnown(id)) {
            throw new IllegalArgumentException(
                    "no system procedure has the number " + id + "; 1 to " + NAMES.size() + " are known");
        }
        return NAMES.get(id - 1);
    }
}
