package dev.tidegate.bench.data;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The columns of TPC-H's lineitem; char(n) comes padded, as a server sends it. */
final class LineItem {
    private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 2);
    private static final int DAYS = 2_500;
    private static final String[] FLAGS = {"A", "N", "R"};
    private static final String[] INSTRUCTIONS = {
        padded("DELIVER IN PERSON", 25), padded("COLLECT COD", 25), padded("TAKE BACK RETURN", 25), padded("NONE", 25)
    };
    private static final String[] MODES = {
        padded("AIR", 10), padded("SHIP", 10), padded("TRUCK", 10), padded("RAIL", 10), padded("MAIL", 10), padded("FOB", 10),
        padded("REG AIR", 10)
    };
    private static final String[] COMMENTS = {
        "carefully packed, item ", "quickly sent, ", "the pending deposits sleep above item ", "ironic "
    };

    static final List<Field> FIELDS = List.of(
            field("l_orderkey", TypeInfo.bigint(), (row, random) -> row / 4),
            field("l_partkey", TypeInfo.integer(), (row, random) -> (int) (random % 200_000)),
            field("l_suppkey", TypeInfo.integer(), (row, random) -> (int) (random % 10_000)),
            field("l_linenumber", TypeInfo.integer(), (row, random) -> (int) (row % 4) + 1),
            money("l_quantity", 100, 5_000),
            money("l_extendedprice", 90_000, 10_000_000),
            money("l_discount", 0, 11),
            money("l_tax", 0, 9),
            field("l_returnflag", TypeInfo.charType(1, Collation.DEFAULT), (row, random) -> FLAGS[(int) (random % FLAGS.length)]),
            field("l_linestatus", TypeInfo.charType(1, Collation.DEFAULT), (row, random) -> random % 2 == 0 ? "O" : "F"),
            day("l_shipdate"),
            day("l_commitdate"),
            day("l_receiptdate"),
            field(
                    "l_shipinstruct",
                    TypeInfo.charType(25, Collation.DEFAULT),
                    (row, random) -> INSTRUCTIONS[(int) (random % INSTRUCTIONS.length)]),
            field(
                    "l_shipmode",
                    TypeInfo.charType(10, Collation.DEFAULT),
                    (row, random) -> MODES[(int) (random % MODES.length)]),
            field(
                    "l_comment",
                    TypeInfo.varchar(44, Collation.DEFAULT),
                    (row, random) -> COMMENTS[(int) (random % COMMENTS.length)] + random % 1_000_000));

    private LineItem() {}

    private static Field field(String name, TypeInfo type, Field.Maker maker) {
        return new Field(name, type, false, maker);
    }

    private static Field money(String name, long least, long range) {
        return field(name, TypeInfo.decimal(15, 2), (row, random) -> BigDecimal.valueOf(least + random % range, 2));
    }

    private static Field day(String name) {
        return field(name, TypeInfo.date(), (row, random) -> FIRST_DAY.plusDays(random % DAYS));
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }
}
