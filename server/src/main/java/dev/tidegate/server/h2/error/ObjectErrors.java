package dev.tidegate.server.h2.error;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import java.util.Locale;
import org.h2.api.ErrorCode;

/** Errors about names: what does not exist, exists already, is ambiguous, or is still needed. */
final class ObjectErrors {
    private ObjectErrors() {}

    static ServerError map(int code, H2Message message, FailedStatement context) {
        String name = message.parameter(0);
        return switch (code) {
            case ErrorCode.COLUMN_NOT_FOUND_1 -> columnNotFound(name, context);
            case ErrorCode.AMBIGUOUS_COLUMN_NAME_1 -> KnownError.AMBIGUOUS_COLUMN.with(lastPart(name));
            case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1,
                    ErrorCode.VIEW_NOT_FOUND_1 -> objectNotFound(name, context);
            case ErrorCode.SCHEMA_NOT_FOUND_1 -> schemaNotFound(name, context);
            case ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1,
                    ErrorCode.VIEW_ALREADY_EXISTS_1,
                    ErrorCode.SEQUENCE_ALREADY_EXISTS_1,
                    ErrorCode.CONSTRAINT_ALREADY_EXISTS_1,
                    ErrorCode.SCHEMA_ALREADY_EXISTS_1 -> KnownError.OBJECT_EXISTS.with(name);
            case ErrorCode.INDEX_ALREADY_EXISTS_1 -> KnownError.INDEX_EXISTS.with(name, context.target());
            case ErrorCode.INDEX_NOT_FOUND_1 ->
                KnownError.CANNOT_DO_MISSING.with("drop", "index", indexName(name, context));
            case ErrorCode.CONSTRAINT_NOT_FOUND_1 -> constraintNotFound(name, context);
            case ErrorCode.SEQUENCE_NOT_FOUND_1 -> KnownError.INVALID_OBJECT.with(name);
            case ErrorCode.SEQUENCE_EXHAUSTED -> KnownError.SEQUENCE_EXHAUSTED.with(lastPart(unquoted(name)));
            case ErrorCode.DUPLICATE_COLUMN_NAME_1 -> duplicateColumn(name, context);
            case ErrorCode.SECOND_PRIMARY_KEY -> KnownError.SECOND_PRIMARY_KEY.with(context.table());
            case ErrorCode.COLUMN_MUST_NOT_BE_NULLABLE_1 -> KnownError.NULLABLE_PRIMARY_KEY.with(context.table());
            case ErrorCode.COLUMN_CONTAINS_NULL_VALUES_1 ->
                KnownError.NULL_NOT_ALLOWED.with(name, context.targetWithDatabase(), "UPDATE");
            case ErrorCode.COLUMN_IS_REFERENCED_1, ErrorCode.COLUMN_IS_PART_OF_INDEX_1 ->
                KnownError.COLUMN_HAS_DEPENDENT.with("object", name, name);
            case ErrorCode.CANNOT_DROP_2 -> KnownError.REFERENCED_BY_FOREIGN_KEY.with(qualified(name, context));
            case ErrorCode.CANNOT_TRUNCATE_1 -> KnownError.TRUNCATE_REFERENCED.with(qualified(name, context));
            case ErrorCode.FUNCTION_NOT_FOUND_1 -> KnownError.UNKNOWN_BUILT_IN.with(name, "built-in function name");
            case ErrorCode.UNKNOWN_DATA_TYPE_1 -> KnownError.UNKNOWN_TYPE_IN_CAST.with(name.toLowerCase(Locale.ROOT));
            case ErrorCode.COLUMN_COUNT_DOES_NOT_MATCH ->
                context.verb().equals("INSERT")
                        ? KnownError.VALUE_COUNT_MISMATCH.with()
                        : KnownError.UNION_ITEM_COUNT.with();
            case ErrorCode.SCALAR_SUBQUERY_CONTAINS_MORE_THAN_ONE_ROW -> KnownError.SUBQUERY_MORE_THAN_ONE.with();
            case ErrorCode.SUBQUERY_IS_NOT_SINGLE_COLUMN -> KnownError.SUBQUERY_ONE_EXPRESSION.with();
            case ErrorCode.MUST_GROUP_BY_COLUMN_1 -> KnownError.NOT_GROUPED.with(unquoted(name));
            case ErrorCode.INVALID_USE_OF_AGGREGATE_FUNCTION_1 -> KnownError.AGGREGATE_NOT_ALLOWED.with();
            case ErrorCode.SUM_OR_AVG_ON_WRONG_DATATYPE_1 -> KnownError.OPERAND_TYPE.with("varchar", "sum");
            case ErrorCode.GENERATED_COLUMN_CANNOT_BE_ASSIGNED_1 -> KnownError.COMPUTED_COLUMN_MODIFIED.with(name);
            case ErrorCode.COLUMN_ALIAS_IS_NOT_SPECIFIED_1 -> KnownError.UNNAMED_COLUMN.with(1, context.table());
            case ErrorCode.SAVEPOINT_IS_INVALID_1 -> KnownError.SAVEPOINT_MISSING.with(name);
            case ErrorCode.TYPES_ARE_NOT_COMPARABLE_2 ->
                KnownError.OPERAND_CLASH.with(
                        name.toLowerCase(Locale.ROOT), message.parameter(1).toLowerCase(Locale.ROOT));
            case ErrorCode.FEATURE_NOT_SUPPORTED_1 -> KnownError.UNSUPPORTED.with("'" + name + "' is not supported by this server.");
            default -> KnownError.INTERNAL.with(message.text());
        };
    }

    /** 207 for a plain name; a name with a prefix that is no table of the query cannot be bound at all. */
    private static ServerError columnNotFound(String name, FailedStatement context) {
        if (context.verb().equals("ALTER TABLE DROP COLUMN")) {
            return KnownError.ALTER_MISSING_COLUMN.with("DROP COLUMN", name, context.table());
        }
        if (context.verb().equals("CREATE INDEX")) {
            return KnownError.INDEX_COLUMN_MISSING.with(name);
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? KnownError.INVALID_COLUMN.with(name) : KnownError.UNBOUND_IDENTIFIER.with(name);
    }

    private static ServerError objectNotFound(String name, FailedStatement context) {
        return switch (context.verb()) {
            case "DROP TABLE" -> KnownError.CANNOT_DO_MISSING.with("drop", "table", shown(name, context));
            case "DROP VIEW" -> KnownError.CANNOT_DO_MISSING.with("drop", "view", shown(name, context));
            case "TRUNCATE", "TRUNCATE TABLE" -> KnownError.TRUNCATE_MISSING.with(name);
            case "ALTER TABLE", "ALTER TABLE DROP COLUMN", "ALTER" ->
                KnownError.ALTER_MISSING_TABLE.with(shown(name, context));
            case "CREATE INDEX" -> KnownError.ALTER_MISSING_TABLE.with(shown(name, context));
            default -> KnownError.INVALID_OBJECT.with(shown(name, context));
        };
    }

    private static ServerError schemaNotFound(String name, FailedStatement context) {
        return switch (context.verb()) {
            case "DROP SCHEMA" -> KnownError.DO_MISSING_SECURABLE.with("drop", "schema", name);
            case "CREATE TABLE", "CREATE VIEW", "CREATE SEQUENCE" -> KnownError.UNKNOWN_SCHEMA.with(name);
            default -> KnownError.INVALID_OBJECT.with(context.table().isEmpty() ? name : name + "." + context.table());
        };
    }

    private static ServerError constraintNotFound(String name, FailedStatement context) {
        if (name.startsWith("PRIMARY KEY | UNIQUE")) {
            return KnownError.FOREIGN_KEY_NO_CANDIDATE.with(context.target(), "FK_" + context.table());
        }
        return KnownError.NOT_A_CONSTRAINT.with(name);
    }

    private static ServerError duplicateColumn(String name, FailedStatement context) {
        return switch (context.verb()) {
            case "INSERT", "UPDATE", "MERGE" -> KnownError.COLUMN_SET_TWICE.with(name);
            case "SELECT", "WITH", "CREATE VIEW" -> KnownError.COLUMN_NAMED_TWICE.with(name, context.table());
            default -> KnownError.DUPLICATE_COLUMN.with(name, context.table());
        };
    }

    /** H2 names a missing table without the schema that the statement gave it; the context may know more. */
    private static String shown(String name, FailedStatement context) {
        return name.equalsIgnoreCase(context.table()) && !context.schema().isEmpty() ? context.target() : name;
    }

    private static String qualified(String name, FailedStatement context) {
        return name.indexOf('.') < 0
                        && name.equalsIgnoreCase(context.table())
                        && !context.schema().isEmpty()
                ? context.target()
                : name;
    }

    private static String indexName(String index, FailedStatement context) {
        return context.table().isEmpty() ? index : context.table() + "." + index;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String unquoted(String name) {
        return name.replace("\"", "");
    }
}
