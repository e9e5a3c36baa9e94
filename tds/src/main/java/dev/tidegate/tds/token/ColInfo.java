package dev.tidegate.tds.token;

import java.util.List;

/** COLINFO ([MS-TDS] 2.2.7.3): where the columns of a browse-mode result come from. */
public record ColInfo(List<Entry> columns) implements Token {
    /**
     * @param column index in the result, from 1
     * @param table index in TABNAME, from 1; 0 for an expression
     * @param status the bits below
     * @param name of the column in its table, if it differs from that in the result; else null
     */
    public record Entry(int column, int table, int status, String name) {
        public static final int EXPRESSION = 0x04;
        public static final int KEY = 0x08;
        public static final int HIDDEN = 0x10;
        public static final int DIFFERENT_NAME = 0x20;
    }
}
