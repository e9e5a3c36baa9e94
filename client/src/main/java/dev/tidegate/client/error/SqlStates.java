package dev.tidegate.client.error;

import java.util.HashMap;
import java.util.Map;

/** SQLStates (ISO 9075 and ODBC) of the server's message numbers. */
public final class SqlStates {
    public static final String CONNECTION_REFUSED = "08001";
    public static final String NOT_CONNECTED = "08003";
    public static final String LINK_BROKEN = "08S01";
    public static final String OUTCOME_UNKNOWN = "08007";
    public static final String LOGIN_REFUSED = "28000";
    public static final String CANCELLED = "HY008";
    public static final String WRONG_ORDER = "HY010";
    public static final String TIMED_OUT = "HYT00";
    public static final String LOGIN_TIMED_OUT = "HYT01";
    public static final String PROTOCOL_ERROR = "08S01";

    private static final String GENERAL = "S0001";
    private static final Map<Integer, String> BY_NUMBER = new HashMap<>();

    static {
        put("23000", 515, 530, 547, 548, 550, 2601, 2627);
        put("42000", 102, 103, 105, 111, 137, 139, 141, 145, 148, 156, 170, 174, 178, 195, 201, 229, 230, 262, 319);
        put("42000", 2812, 4104, 8120, 8144, 8145, 8146, 8178, 16915);
        put("42S01", 2714);
        put("42S02", 208, 3701, 4902, 1088);
        put("42S11", 1913);
        put("42S21", 2705);
        put("42S22", 207, 1911, 4924);
        put("40001", 1205, 3960, 3961, 41302, 41305, 41325);
        put(TIMED_OUT, 1222);
        put("22001", 2628, 8152);
        put("22003", 220, 232, 1007, 4867, 8115);
        put("22007", 241, 242, 295, 296);
        put("22012", 8134);
        put("22018", 245, 248, 257, 8114, 8169, 9803);
        put("25000", 266, 3902, 3903, 3906, 3930, 3952, 3971, 3998);
        put("3B001", 6401);
        put("3D000", 911);
        put(LOGIN_REFUSED, 18450, 18451, 18452, 18456, 18458, 18459, 18460, 18461, 18470, 18486, 18487, 18488);
        put(CONNECTION_REFUSED, 233, 4060, 4064, 10928, 10929, 17142, 17197, 40197, 40501, 40532, 40613);
        put(CONNECTION_REFUSED, 49918, 49919, 49920);
        put("0A000", 22424, 40515);
    }

    private SqlStates() {}

    /**
     * @param severity class of the message, 0 to 25
     * @return five characters; {@code S0001} where no better one is known, 08S01 for errors that end the connection
     */
    public static String of(int number, int severity) {
        String state = BY_NUMBER.get(number);
        if (state != null) {
            return state;
        }
        return severity >= 20 ? LINK_BROKEN : GENERAL;
    }

    private static void put(String state, int... numbers) {
        for (int number : numbers) {
            BY_NUMBER.put(number, state);
        }
    }
}
