package dev.tidegate.duckdb.sql;

import java.util.Locale;

/**
 * A piece of SQL text.
 *
 * @param text as it was written
 * @param start index of its first character in the text that it was found in
 */
public record Token(Kind kind, String text, int start) {
    public enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** {@code "…"}, or between backticks. */
        QUOTED_NAME,
        /** {@code '…'}, {@code E'…'}, {@code x'…'} and the like, {@code $$…$$}. */
        STRING,
        NUMBER,
        /** {@code ?}, {@code ?1}, {@code $1}, {@code $name}. */
        PARAMETER,
        /** One or more characters of {@code + - * / < > = ~ ! @ # % ^ & | :} and the like. */
        OPERATOR,
        /** One of {@code ( ) [ ] { } , . ;}. */
        PUNCTUATION,
        SPACE,
        COMMENT,
        /** A quote or a comment that has no end; reaches to the end of the text. DuckDB refuses it. */
        UNENDED
    }

    /** Index of the first character after it. */
    public int end() {
        return start + text.length();
    }

    /** Whether it means something: no space, no comment. */
    public boolean isSignificant() {
        return kind != Kind.SPACE && kind != Kind.COMMENT;
    }

    /** Whether it is this word without quotes, in whatever case. */
    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isPunctuation(char character) {
        return kind == Kind.PUNCTUATION && text.charAt(0) == character;
    }

    public boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** Whether it can stand for the name of something. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /**
     * The name that it stands for, without quotes, in the case in which it was written.
     *
     * @throws IllegalStateException if it is no name
     */
    public String name() {
        return switch (kind) {
            case WORD -> text;
            case QUOTED_NAME -> {
                String quote = text.substring(0, 1);
                yield text.substring(1, text.length() - 1).replace(quote + quote, quote);
            }
            default -> throw new IllegalStateException(kind + " is no name");
        };
    }

    /** As names are compared: DuckDB's case does not matter, with quotes or without. */
    public String foldedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a text that {@link #string} can give: a plain, an escaped or a dollar-quoted one. */
    public boolean isPlainString() {
        return kind == Kind.STRING && (text.charAt(0) == '\'' || text.charAt(0) == '$' || isEscaped());
    }

    /**
     * The text that a string stands for.
     *
     * @throws IllegalStateException if it is none
     */
    public String string() {
        if (!isPlainString()) {
            throw new IllegalStateException(kind + " is no text");
        }
        if (text.charAt(0) == '$') {
            int tag = text.indexOf('$', 1) + 1;
            return text.substring(tag, text.length() - tag);
        }
        return isEscaped()
                ? EscapedString.value(text.substring(2, text.length() - 1))
                : text.substring(1, text.length() - 1).replace("''", "'");
    }

    private boolean isEscaped() {
        return text.length() > 1 && (text.charAt(0) == 'e' || text.charAt(0) == 'E') && text.charAt(1) == '\'';
    }
}
