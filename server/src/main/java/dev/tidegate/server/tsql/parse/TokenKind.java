package dev.tidegate.server.tsql.parse;

/** What a {@link Token} is. */
public enum TokenKind {
    /** A keyword or an identifier without quotes; temp tables' {@code #names} too. */
    WORD,
    /** An identifier in brackets or double quotes; the text is without them. */
    QUOTED,
    /** A string; the text is its value. */
    STRING,
    /** A string with the N prefix. */
    NATIONAL_STRING,
    INTEGER,
    DECIMAL,
    FLOAT,
    /** A number with a currency sign; the text is without it. */
    MONEY,
    /** A binary constant; the text is its digits, without 0x. */
    BINARY,
    /** A local variable with its at sign. */
    VARIABLE,
    /** A system function such as {@code @@ROWCOUNT}. */
    GLOBAL,
    OPERATOR,
    END
}
