package dev.tidegate.server.catalog.function;

import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.server.tsql.type.TypeText;
import java.util.Locale;

/** TYPE_NAME, TYPE_ID and TYPEPROPERTY. */
public final class TypeFunctions {
    private TypeFunctions() {}

    /** TYPE_NAME(id). */
    public static String typeName(Integer id) {
        if (id == null) {
            return null;
        }
        if (id == TypeFacts.SYSNAME_ID) {
            return "sysname";
        }
        for (TypeKind kind : TypeKind.values()) {
            if (TypeFacts.systemTypeId(kind) == id) {
                return kind.sqlName();
            }
        }
        return null;
    }

    /** TYPE_ID(name). */
    public static Integer typeId(String name) {
        if (name == null) {
            return null;
        }
        String bare = bare(name);
        return bare.equals("sysname")
                ? Integer.valueOf(TypeFacts.SYSNAME_ID)
                : TypeKind.ofName(bare).map(TypeFacts::systemTypeId).orElse(null);
    }

    /** TYPEPROPERTY(type, property). */
    public static Integer typeProperty(String name, String property) {
        if (name == null || property == null) {
            return null;
        }
        SqlType type = TypeText.parse(bare(name)).orElse(null);
        if (type == null) {
            return null;
        }
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "allowsnull" -> ObjectFunctions.bit(!bare(name).equals("sysname"));
            case "ownerid" -> 4;
            case "precision" -> {
                boolean sized = type.isCharacter() || type.kind().isBinary();
                yield sized ? type.kind().isNational() ? 4000 : 8000 : widest(type);
            }
            case "scale" -> TypeFacts.scale(type);
            case "usesansitrim" -> type.isCharacter() || type.kind().isBinary() ? 1 : null;
            default -> null;
        };
    }

    private static int widest(SqlType type) {
        return type.kind().isDecimal() ? 38 : TypeFacts.precision(type);
    }

    private static String bare(String name) {
        NameInText parsed = NameInText.parse(name.strip());
        return (parsed == null ? name : parsed.name()).toLowerCase(Locale.ROOT);
    }
}
