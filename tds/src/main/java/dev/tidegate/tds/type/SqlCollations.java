package dev.tidegate.tds.type;

import java.util.Optional;

/** The SQL collations: those from before SQL Server knew Windows collations, told apart by a sort id. */
final class SqlCollations {
    /** Sort id, LCID in hexadecimal, name. */
    private static final String TABLE = """
        30 0409 SQL_Latin1_General_CP437_BIN
        31 0409 SQL_Latin1_General_CP437_CS_AS
        32 0409 SQL_Latin1_General_CP437_CI_AS
        33 0409 SQL_Latin1_General_Pref_CP437_CI_AS
        34 0409 SQL_Latin1_General_CP437_CI_AI
        35 0409 SQL_Latin1_General_CP437_BIN2
        40 0409 SQL_Latin1_General_CP850_BIN
        41 0409 SQL_Latin1_General_CP850_CS_AS
        42 0409 SQL_Latin1_General_CP850_CI_AS
        43 0409 SQL_Latin1_General_Pref_CP850_CI_AS
        44 0409 SQL_Latin1_General_CP850_CI_AI
        45 0409 SQL_Latin1_General_CP850_BIN2
        49 0409 SQL_1xCompat_CP850_CI_AS
        51 0409 SQL_Latin1_General_CP1_CS_AS
        52 0409 SQL_Latin1_General_CP1_CI_AS
        53 0409 SQL_Latin1_General_Pref_CP1_CI_AS
        54 0409 SQL_Latin1_General_CP1_CI_AI
        55 0409 SQL_AltDiction_CP850_CS_AS
        56 0409 SQL_AltDiction_Pref_CP850_CI_AS
        57 0409 SQL_AltDiction_CP850_CI_AI
        58 0409 SQL_Scandinavian_Pref_CP850_CI_AS
        59 0409 SQL_Scandinavian_CP850_CS_AS
        60 0409 SQL_Scandinavian_CP850_CI_AS
        61 0409 SQL_AltDiction_CP850_CI_AS
        81 0409 SQL_Latin1_General_CP1250_CS_AS
        82 0409 SQL_Latin1_General_CP1250_CI_AS
        83 0405 SQL_Czech_CP1250_CS_AS
        84 0405 SQL_Czech_CP1250_CI_AS
        85 040E SQL_Hungarian_CP1250_CS_AS
        86 040E SQL_Hungarian_CP1250_CI_AS
        87 0415 SQL_Polish_CP1250_CS_AS
        88 0415 SQL_Polish_CP1250_CI_AS
        89 0418 SQL_Romanian_CP1250_CS_AS
        90 0418 SQL_Romanian_CP1250_CI_AS
        91 041A SQL_Croatian_CP1250_CS_AS
        92 041A SQL_Croatian_CP1250_CI_AS
        93 041B SQL_Slovak_CP1250_CS_AS
        94 041B SQL_Slovak_CP1250_CI_AS
        95 0424 SQL_Slovenian_CP1250_CS_AS
        96 0424 SQL_Slovenian_CP1250_CI_AS
        105 0419 SQL_Latin1_General_CP1251_CS_AS
        106 0419 SQL_Latin1_General_CP1251_CI_AS
        107 0422 SQL_Ukrainian_CP1251_CS_AS
        108 0422 SQL_Ukrainian_CP1251_CI_AS
        113 0408 SQL_Latin1_General_CP1253_CS_AS
        114 0408 SQL_Latin1_General_CP1253_CI_AS
        120 0408 SQL_MixDiction_CP1253_CS_AS
        121 0408 SQL_AltDiction_CP1253_CS_AS
        122 0408 SQL_AltDiction2_CP1253_CS_AS
        124 0408 SQL_Latin1_General_CP1253_CI_AI
        129 041F SQL_Latin1_General_CP1254_CS_AS
        130 041F SQL_Latin1_General_CP1254_CI_AS
        137 040D SQL_Latin1_General_CP1255_CS_AS
        138 040D SQL_Latin1_General_CP1255_CI_AS
        145 0401 SQL_Latin1_General_CP1256_CS_AS
        146 0401 SQL_Latin1_General_CP1256_CI_AS
        153 0425 SQL_Latin1_General_CP1257_CS_AS
        154 0425 SQL_Latin1_General_CP1257_CI_AS
        155 0425 SQL_Estonian_CP1257_CS_AS
        156 0425 SQL_Estonian_CP1257_CI_AS
        157 0426 SQL_Latvian_CP1257_CS_AS
        158 0426 SQL_Latvian_CP1257_CI_AS
        159 0427 SQL_Lithuanian_CP1257_CS_AS
        160 0427 SQL_Lithuanian_CP1257_CI_AS
        183 0406 SQL_Danish_Pref_CP1_CI_AS
        184 041D SQL_SwedishPhone_Pref_CP1_CI_AS
        185 041D SQL_SwedishStd_Pref_CP1_CI_AS
        186 040F SQL_Icelandic_Pref_CP1_CI_AS
        210 0409 SQL_EBCDIC037_CP1_CS_AS
        211 0407 SQL_EBCDIC273_CP1_CS_AS
        212 0406 SQL_EBCDIC277_CP1_CS_AS
        213 040B SQL_EBCDIC278_CP1_CS_AS
        214 0410 SQL_EBCDIC280_CP1_CS_AS
        215 040A SQL_EBCDIC284_CP1_CS_AS
        216 0809 SQL_EBCDIC285_CP1_CS_AS
        217 040C SQL_EBCDIC297_CP1_CS_AS
        """;

    private SqlCollations() {}

    static Optional<String> nameOf(int sortId) {
        return TABLE.lines()
                .map(line -> line.split(" "))
                .filter(entry -> Integer.parseInt(entry[0]) == sortId)
                .map(entry -> entry[2])
                .findFirst();
    }

    /** @param name not case-sensitive */
    static Optional<Collation> collationOf(String name) {
        return TABLE.lines()
                .map(line -> line.split(" "))
                .filter(entry -> entry[2].equalsIgnoreCase(name))
                .map(entry ->
                        new Collation(Integer.parseInt(entry[1], 16) | flags(entry[2]), Integer.parseInt(entry[0])))
                .findFirst();
    }

    /** None of them tells kana or width apart, unless it compares by code. */
    private static int flags(String name) {
        if (name.endsWith("_BIN")) {
            return Collation.BINARY;
        }
        if (name.endsWith("_BIN2")) {
            return Collation.BINARY2;
        }
        return Collation.IGNORE_KANA
                | Collation.IGNORE_WIDTH
                | (name.contains("_CI_") ? Collation.IGNORE_CASE : 0)
                | (name.endsWith("_AI") ? Collation.IGNORE_ACCENT : 0);
    }
}
