package dev.tidegate.server.tsql.type;

import java.util.Optional;

/**
 * What a column was declared as, kept as the comment of the H2 column: the type as T-SQL writes it, and, after a line break each,
 * {@code default=NAME} for the name of its DEFAULT constraint, {@code defaultText=…} for the T-SQL of the default and
 * {@code computedText=…} for the T-SQL of a computed column.
 *
 * @param defaultName null if there is no default
 * @param defaultText null if there is no default
 * @param computedText null if the column is not computed
 */
public record ColumnDeclaration(SqlType type, String defaultName, String defaultText, String computedText) {
    public ColumnDeclaration(SqlType type) {
        this(type, null, null, null);
    }

    /** @return empty if the comment is absent or was not written by {@link #toString} */
    public static Optional<ColumnDeclaration> parse(String comment) {
        if (comment == null || comment.isEmpty()) {
            return Optional.empty();
        }
        String[] lines = comment.split("\n", -1);
        return TypeText.parse(lines[0])
                .map(type -> new ColumnDeclaration(
                        type, value(lines, "default="), value(lines, "defaultText="), value(lines, "computedText=")));
    }

    private static String value(String[] lines, String key) {
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith(key)) {
                return lines[i].substring(key.length());
            }
        }
        return null;
    }

    /** The comment. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.toString());
        append(text, "default=", defaultName);
        append(text, "defaultText=", defaultText);
        append(text, "computedText=", computedText);
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        if (value != null) {
            text.append('\n').append(key).append(value.replace('\n', ' '));
        }
    }
}
