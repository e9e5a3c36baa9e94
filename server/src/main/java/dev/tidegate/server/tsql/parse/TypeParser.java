package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.server.tsql.type.TypeText;
import java.util.Optional;

/** Parses data types. */
final class TypeParser {
    private final TokenCursor cursor;

    TypeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** @throws SqlServerException 243 for an unknown type, 1001 or 2717 for a length out of range */
    SqlType type() throws SqlServerException {
        return type(1);
    }

    /** @param defaultLength of character and binary types without a length: 1 in declarations, 30 in CAST and CONVERT */
    SqlType type(int defaultLength) throws SqlServerException {
        String name = name();
        Optional<TypeKind> kind = TypeKind.ofName(name);
        if (kind.isEmpty()) {
            throw KnownError.UNKNOWN_TYPE.exception(name);
        }
        String first = null;
        String second = null;
        if (cursor.acceptOperator("(")) {
            first = cursor.accept("MAX") ? "max" : String.valueOf(cursor.integer());
            if (cursor.acceptOperator(",")) {
                second = String.valueOf(cursor.integer());
            }
            cursor.expectOperator(")");
        } else if ((kind.get().isCharacter() || kind.get().isBinary()) && !name.equalsIgnoreCase("sysname")) {
            first = hasLength(kind.get()) ? String.valueOf(defaultLength) : null;
        }
        String given = first;
        return TypeText.of(name, first, second).orElseThrow(() -> refused(name, kind.get(), given));
    }

    private static boolean hasLength(TypeKind kind) {
        return kind != TypeKind.TEXT && kind != TypeKind.NTEXT && kind != TypeKind.IMAGE && kind != TypeKind.ROWVERSION;
    }

    private static SqlServerException refused(String name, TypeKind kind, String first) {
        if ((kind.isCharacter() || kind.isBinary()) && first != null) {
            return KnownError.SIZE_TOO_LARGE.exception(first, name, (kind.isNational() ? 4000 : 8000));
        }
        if (kind.isDecimal()) {
            return KnownError.INVALID_PRECISION.exception(name);
        }
        if (kind == TypeKind.VECTOR) {
            return KnownError.VECTOR_TOO_LONG.exception(first == null ? "0" : first, name);
        }
        return KnownError.WIDTH_NOT_ALLOWED.exception(name);
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
