package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.server.tsql.type.TypeText;

/** Parses data types. */
final class TypeParser {
    /** Of character and binary types without one. */
    private static final int DECLARED_LENGTH = 1;

    private static final int CAST_LENGTH = 30;

    private final TokenCursor cursor;

    TypeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * The type of a column, parameter or variable.
     *
     * @param place which of those that are declared together it is, from 1; for messages
     * @throws SqlServerException 2715 for an unknown type; 131, 2716, 2717 or 2750 if it cannot be that long
     */
    SqlType declared(int place) throws SqlServerException {
        String name = name();
        TypeKind kind =
                TypeKind.ofName(name).orElseThrow(() -> KnownError.UNKNOWN_TYPE.exception(place, name));
        return type(name, kind, DECLARED_LENGTH, place);
    }

    /**
     * The type that CAST and CONVERT name.
     *
     * @throws SqlServerException 243 for an unknown type; otherwise as {@link #declared}
     */
    SqlType cast() throws SqlServerException {
        String name = name();
        TypeKind kind = TypeKind.ofName(name).orElseThrow(() -> KnownError.UNKNOWN_TYPE_IN_CAST.exception(name));
        return type(name, kind, CAST_LENGTH, 1);
    }

    private SqlType type(String name, TypeKind kind, int defaultLength, int place) throws SqlServerException {
        String first = null;
        String second = null;
        if (cursor.acceptOperator("(")) {
            first = cursor.accept("MAX") ? "max" : String.valueOf(cursor.integer());
            if (cursor.acceptOperator(",")) {
                second = String.valueOf(cursor.integer());
            }
            cursor.expectOperator(")");
        } else if ((kind.isCharacter() || kind.isBinary()) && !name.equalsIgnoreCase("sysname")) {
            first = hasLength(kind) ? String.valueOf(defaultLength) : null;
        }
        String given = first;
        return TypeText.of(name, first, second).orElseThrow(() -> refused(name, kind, given, place));
    }

    private static boolean hasLength(TypeKind kind) {
        return kind != TypeKind.TEXT && kind != TypeKind.NTEXT && kind != TypeKind.IMAGE && kind != TypeKind.ROWVERSION;
    }

    private static SqlServerException refused(String name, TypeKind kind, String first, int place) {
        if ((kind.isCharacter() || kind.isBinary()) && first != null) {
            return KnownError.SIZE_TOO_LARGE.exception(first, name, (kind.isNational() ? 4000 : 8000));
        }
        if (kind.isDecimal()) {
            return KnownError.INVALID_PRECISION.exception(name);
        }
        if (kind == TypeKind.VECTOR) {
            return KnownError.VECTOR_TOO_LONG.exception(first == null ? "0" : first, name);
        }
        return KnownError.WIDTH_NOT_ALLOWED.exception(place, name);
    }

    private String name() throws SqlServerException {
        if (cursor.accept("DOUBLE")) {
            cursor.expect("PRECISION");
            return "float";
        }
        boolean national = cursor.accept("NATIONAL");
        String name = cursor.identifier();
        if ((name.equalsIgnoreCase("sys") || name.equalsIgnoreCase("dbo")) && cursor.acceptOperator(".")) {
            name = cursor.identifier();
        }
        boolean varying = cursor.accept("VARYING");
        return (national ? "national " : "") + name + (varying ? " varying" : "");
    }
}
