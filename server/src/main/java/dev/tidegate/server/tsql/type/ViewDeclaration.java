package dev.tidegate.server.tsql.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a view was declared as, kept as the comment of the H2 view: {@code view}, then a line with the types of its columns separated by
 * {@code ;} (a type that can be NULL ends in {@code ?}), then the T-SQL of its CREATE statement.
 */
public record ViewDeclaration(List<SqlType> types, List<Boolean> nullable, String text) {
    private static final String HEAD = "view\n";

    public ViewDeclaration {
        types = List.copyOf(types);
        nullable = List.copyOf(nullable);
    }

    /** @return empty if the comment is absent or was not written by {@link #toString} */
    public static Optional<ViewDeclaration> parse(String comment) {
        if (comment == null || !comment.startsWith(HEAD)) {
            return Optional.empty();
        }
        int end = comment.indexOf('\n', HEAD.length());
        if (end < 0) {
            return Optional.empty();
        }
        List<SqlType> types = new ArrayList<>();
        List<Boolean> nullable = new ArrayList<>();
        for (String part : comment.substring(HEAD.length(), end).split(";")) {
            boolean optional = part.endsWith("?");
            Optional<SqlType> type = TypeText.parse(optional ? part.substring(0, part.length() - 1) : part);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.add(type.get());
            nullable.add(optional);
        }
        return Optional.of(new ViewDeclaration(types, nullable, comment.substring(end + 1)));
    }

    /** The comment. */
    @Override
    public String toString() {
        StringBuilder comment = new StringBuilder(HEAD);
        for (int i = 0; i < types.size(); i++) {
            comment.append(i == 0 ? "" : ";").append(types.get(i)).append(nullable.get(i) ? "?" : "");
        }
        return comment.append('\n').append(text).toString();
    }
}
