package dev.tidegate.server.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * The errors that this server raises, with SQL Server's numbers, states, severities and texts. {@code sys.messages} lists them.
 *
 * <p>The effect is what SQL Server does with the rest of the batch and with an open transaction while XACT_ABORT is OFF: constraint
 * violations fail their statement only; errors of compilation and name resolution end the batch; failed conversions and deadlocks end
 * the batch and roll the transaction back.
 */
public enum KnownError {
    INCORRECT_SYNTAX(102, 1, 15, ErrorEffect.BATCH, "Incorrect syntax near '%s'."),
    UNCLOSED_QUOTE(105, 1, 15, ErrorEffect.BATCH, "Unclosed quotation mark after the character string '%s'."),
    UNKNOWN_PREFIX(
            107,
            1,
            15,
            ErrorEffect.BATCH,
            "The column prefix '%s' does not match with a table name or alias name used in the query."),
    ORDER_BY_POSITION(
            108,
            1,
            15,
            ErrorEffect.BATCH,
            "The ORDER BY position number %s is out of range of the number of items in the select list."),
    MORE_COLUMNS_THAN_VALUES(
            109,
            1,
            15,
            ErrorEffect.BATCH,
            "There are more columns in the INSERT statement than values specified in the VALUES clause. The "
                    + "number of values in the VALUES clause must match the number of columns specified in the INSERT "
                    + "statement."),
    FEWER_COLUMNS_THAN_VALUES(
            110,
            1,
            15,
            ErrorEffect.BATCH,
            "There are fewer columns in the INSERT statement than values specified in the VALUES clause. The "
                    + "number of values in the VALUES clause must match the number of columns specified in the INSERT "
                    + "statement."),
    SUBQUERY_ONE_EXPRESSION(
            116,
            1,
            16,
            ErrorEffect.BATCH,
            "Only one expression can be specified in the select list when the subquery is not introduced "
                    + "with EXISTS."),
    SELECT_TOO_FEW_ITEMS(
            120,
            1,
            15,
            ErrorEffect.BATCH,
            "The select list for the INSERT statement contains fewer items than the insert list. The number "
                    + "of SELECT values must match the number of INSERT columns."),
    SELECT_TOO_MANY_ITEMS(
            121,
            1,
            15,
            ErrorEffect.BATCH,
            "The select list for the INSERT statement contains more items than the insert list. The number "
                    + "of SELECT values must match the number of INSERT columns."),
    NEGATIVE_TOP(127, 1, 15, ErrorEffect.STATEMENT, "A TOP N or FETCH rowcount value may not be negative."),
    VARIABLE_DECLARED_TWICE(
            134,
            1,
            15,
            ErrorEffect.BATCH,
            "The variable name '%s' has already been declared. Variable names must be unique within a query "
                    + "batch or stored procedure."),
    UNDECLARED_VARIABLE(137, 2, 15, ErrorEffect.BATCH, "Must declare the scalar variable \"%s\"."),
    ASSIGNMENT_WITH_RETRIEVAL(
            141,
            1,
            15,
            ErrorEffect.BATCH,
            "A SELECT statement that assigns a value to a variable must not be combined with data-retrieval "
                    + "operations."),
    AGGREGATE_NOT_ALLOWED(
            147,
            1,
            15,
            ErrorEffect.BATCH,
            "An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a "
                    + "HAVING clause or a select list, and the column being aggregated is an outer reference."),
    UNKNOWN_OPTION(155, 1, 15, ErrorEffect.BATCH, "'%s' is not a recognized %s option."),
    INCORRECT_SYNTAX_KEYWORD(156, 1, 15, ErrorEffect.BATCH, "Incorrect syntax near the keyword '%s'."),
    DROP_INDEX_NAME(
            159,
            1,
            15,
            ErrorEffect.BATCH,
            "Must specify the table name and index name for the DROP INDEX statement."),
    FUNCTION_ARGUMENTS(174, 1, 15, ErrorEffect.BATCH, "The %s function requires %s argument(s)."),
    FUNCTION_ARGUMENT_RANGE(189, 1, 15, ErrorEffect.BATCH, "The %s function requires %s to %s arguments."),
    UNKNOWN_BUILT_IN(195, 10, 15, ErrorEffect.BATCH, "'%s' is not a recognized %s."),
    MISSING_PARAMETER(
            201,
            4,
            16,
            ErrorEffect.BATCH,
            "Procedure or function '%s' expects parameter '%s', which was not supplied."),
    UNION_ITEM_COUNT(
            205,
            1,
            16,
            ErrorEffect.BATCH,
            "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of "
                    + "expressions in their target lists."),
    OPERAND_CLASH(206, 2, 16, ErrorEffect.BATCH, "Operand type clash: %s is incompatible with %s"),
    INVALID_COLUMN(207, 1, 16, ErrorEffect.BATCH, "Invalid column name '%s'."),
    INVALID_OBJECT(208, 1, 16, ErrorEffect.BATCH, "Invalid object name '%s'."),
    AMBIGUOUS_COLUMN(209, 1, 16, ErrorEffect.BATCH, "Ambiguous column name '%s'."),
    VALUE_COUNT_MISMATCH(
            213, 1, 16, ErrorEffect.BATCH, "Column name or number of supplied values does not match table definition."),
    PARAMETER_TYPE(214, 2, 16, ErrorEffect.BATCH, "Procedure expects parameter '%s' of type '%s'."),
    OVERFLOW_VALUE(220, 2, 16, ErrorEffect.STATEMENT, "Arithmetic overflow error for data type %s, value = %s."),
    PERMISSION_DENIED(
            229,
            5,
            14,
            ErrorEffect.STATEMENT,
            "The %s permission was denied on the object '%s', database '%s', schema '%s'."),
    OVERFLOW_TYPE(232, 3, 16, ErrorEffect.STATEMENT, "Arithmetic overflow error for type %s, value = %s."),
    TEXT_TO_MONEY(
            235,
            0,
            16,
            ErrorEffect.TRANSACTION,
            "Cannot convert a char value to money. The char value has incorrect syntax."),
    TEXT_TO_DATE(
            241,
            1,
            16,
            ErrorEffect.TRANSACTION,
            "Conversion failed when converting date and/or time from character string."),
    DATE_OUT_OF_RANGE(
            242,
            3,
            16,
            ErrorEffect.TRANSACTION,
            "The conversion of a %s data type to a %s data type resulted in an out-of-range value."),
    UNKNOWN_TYPE_IN_CAST(243, 1, 16, ErrorEffect.BATCH, "Type %s is not a defined system type."),
    TEXT_OVERFLOWED_SMALL_INTEGER(
            244,
            1,
            16,
            ErrorEffect.TRANSACTION,
            "The conversion of the %s value '%s' overflowed an %s column. Use a larger integer column."),
    CONVERSION_FAILED(
            245,
            1,
            16,
            ErrorEffect.TRANSACTION,
            "Conversion failed when converting the %s value '%s' to data type %s."),
    TEXT_OVERFLOWED_INT(
            248, 1, 16, ErrorEffect.TRANSACTION, "The conversion of the %s value '%s' overflowed an int column."),
    IMPLICIT_CONVERSION(
            257,
            3,
            16,
            ErrorEffect.BATCH,
            "Implicit conversion from data type %s to %s is not allowed. Use the CONVERT function to run "
                    + "this query."),
    CREATE_DATABASE_DENIED(262, 1, 14, ErrorEffect.BATCH, "%s permission denied in database '%s'."),
    COLUMN_SET_TWICE(
            264,
            1,
            16,
            ErrorEffect.BATCH,
            "The column name '%s' is specified more than once in the SET clause or column list of an INSERT. "
                    + "A column cannot be assigned more than one value in the same clause. Modify the clause to make "
                    + "sure that a column is updated only once. If this statement updates or inserts columns into a "
                    + "view, column aliasing can conceal the duplication in your code."),
    COMPUTED_COLUMN_MODIFIED(
            271,
            1,
            16,
            ErrorEffect.BATCH,
            "The column \"%s\" cannot be modified because it is either a computed column or is the result of a "
                    + "UNION operator."),
    TIMESTAMP_INSERT(
            273,
            1,
            16,
            ErrorEffect.BATCH,
            "Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to "
                    + "exclude the timestamp column, or insert a DEFAULT into the timestamp column."),
    INVALID_STYLE(
            281,
            1,
            16,
            ErrorEffect.BATCH,
            "%s is not a valid style number when converting from %s to a character string."),
    DATE_PARTS_INVALID(
            289,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot construct data type %s, some of the arguments have values which are not valid."),
    INCOMPATIBLE_OPERANDS(
            402, 1, 16, ErrorEffect.BATCH, "The data types %s and %s are incompatible in the %s operator."),
    NOT_TEXT_FOR_COLLATE(447, 0, 16, ErrorEffect.BATCH, "Expression type %s is invalid for COLLATE clause."),
    INVALID_COLLATION(448, 1, 16, ErrorEffect.BATCH, "Invalid collation '%s'."),
    COLLATION_CONFLICT(
            468,
            9,
            16,
            ErrorEffect.BATCH,
            "Cannot resolve the collation conflict between \"%s\" and \"%s\" in the %s operation."),
    SUBQUERY_MORE_THAN_ONE(
            512,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, "
                    + "<= , >, >= or when the subquery is used as an expression."),
    NULL_NOT_ALLOWED(
            515,
            2,
            16,
            ErrorEffect.STATEMENT,
            "Cannot insert the value NULL into column '%s', table '%s'; column does not allow nulls. %s " + "fails."),
    DATE_ADD_OVERFLOW(517, 1, 16, ErrorEffect.STATEMENT, "Adding a value to a '%s' column caused an overflow."),
    EXPLICIT_CONVERSION(529, 1, 16, ErrorEffect.BATCH, "Explicit conversion from data type %s to %s is not allowed."),
    DATE_DIFF_OVERFLOW(
            535,
            0,
            16,
            ErrorEffect.STATEMENT,
            "The %s function resulted in an overflow. The number of dateparts separating two date/time "
                    + "instances is too large. Try to use %s with a less precise datepart."),
    INVALID_LENGTH(536, 1, 16, ErrorEffect.STATEMENT, "Invalid length parameter passed to the %s function."),
    INVALID_LENGTH_SUBSTRING(
            537, 3, 16, ErrorEffect.STATEMENT, "Invalid length parameter passed to the LEFT or SUBSTRING function."),
    IDENTITY_INSERT_OFF(
            544,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot insert explicit value for identity column in table '%s' when IDENTITY_INSERT is set to " + "OFF."),
    IDENTITY_VALUE_MISSING(
            545,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Explicit value must be specified for identity column in table '%s' either when IDENTITY_INSERT "
                    + "is set to ON or when a replication user is inserting into a NOT FOR REPLICATION identity "
                    + "column."),
    CONSTRAINT_CONFLICT(
            547,
            0,
            16,
            ErrorEffect.STATEMENT,
            "The %s statement conflicted with the %s constraint \"%s\". The conflict occurred in database "
                    + "\"%s\", table \"%s\"%s."),
    STATEMENT_IN_TRANSACTION(
            574, 0, 16, ErrorEffect.STATEMENT, "%s statement cannot be used inside a user transaction."),
    SESSION_BROKEN(
            596,
            1,
            21,
            ErrorEffect.CONNECTION,
            "Cannot continue the execution because the session is in the kill state."),
    SAVE_WITHOUT_TRANSACTION(
            628, 0, 16, ErrorEffect.STATEMENT, "Cannot issue SAVE TRANSACTION when there is no active transaction."),
    DATABASE_MISSING(
            911,
            1,
            16,
            ErrorEffect.BATCH,
            "Database '%s' does not exist. Make sure that the name is entered correctly."),
    DATABASE_NO_ACCESS(
            916,
            1,
            14,
            ErrorEffect.BATCH,
            "The server principal \"%s\" is not able to access the database \"%s\" under the current security "
                    + "context."),
    TOP_NOT_INTEGER(
            1060,
            1,
            15,
            ErrorEffect.STATEMENT,
            "The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer."),
    DEADLOCK(
            1205,
            51,
            13,
            ErrorEffect.TRANSACTION,
            "Transaction (Process ID %s) was deadlocked on %s resources with another process and has been "
                    + "chosen as the deadlock victim. Rerun the transaction."),
    LOCK_TIMEOUT(1222, 51, 16, ErrorEffect.STATEMENT, "Lock request time out period exceeded."),
    DUPLICATE_FOR_NEW_INDEX(
            1505,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object "
                    + "name '%s' and the index name '%s'. The duplicate key value is %s."),
    CONSTRAINT_NOT_CREATED(
            1750, 1, 16, ErrorEffect.STATEMENT, "Could not create constraint or index. See previous errors."),
    FOREIGN_KEY_TABLE(1767, 0, 16, ErrorEffect.STATEMENT, "Foreign key '%s' references invalid table '%s'."),
    FOREIGN_KEY_REFERENCING_COLUMN(
            1769,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Foreign key '%s' references invalid column '%s' in referencing table '%s'."),
    FOREIGN_KEY_REFERENCED_COLUMN(
            1770,
            0,
            16,
            ErrorEffect.STATEMENT,
            "Foreign key '%s' references invalid column '%s' in referenced table '%s'."),
    FOREIGN_KEY_NO_CANDIDATE(
            1776,
            0,
            16,
            ErrorEffect.STATEMENT,
            "There are no primary or candidate keys in the referenced table '%s' that match the referencing "
                    + "column list in the foreign key '%s'."),
    SECOND_PRIMARY_KEY(1779, 0, 16, ErrorEffect.STATEMENT, "Table '%s' already has a primary key defined on it."),
    CASCADE_CYCLE(
            1785,
            0,
            16,
            ErrorEffect.STATEMENT,
            "Introducing FOREIGN KEY constraint '%s' on table '%s' may cause cycles or multiple cascade "
                    + "paths. Specify ON DELETE NO ACTION or ON UPDATE NO ACTION, or modify other FOREIGN KEY "
                    + "constraints."),
    DATABASE_EXISTS(
            1801, 3, 16, ErrorEffect.STATEMENT, "Database '%s' already exists. Choose a different database name."),
    INDEX_COLUMN_MISSING(
            1911, 1, 16, ErrorEffect.STATEMENT, "Column name '%s' does not exist in the target table or view."),
    INDEX_EXISTS(
            1913,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The operation failed because an index or statistics with name '%s' already exists on table " + "'%s'."),
    DUPLICATE_KEY_INDEX(
            2601,
            1,
            14,
            ErrorEffect.STATEMENT,
            "Cannot insert duplicate key row in object '%s' with unique index '%s'. The duplicate key value "
                    + "is %s."),
    DUPLICATE_KEY(
            2627,
            1,
            14,
            ErrorEffect.STATEMENT,
            "Violation of %s constraint '%s'. Cannot insert duplicate key in object '%s'. The duplicate key "
                    + "value is %s."),
    VALUE_TRUNCATED(
            2628,
            1,
            16,
            ErrorEffect.STATEMENT,
            "String or binary data would be truncated in table '%s', column '%s'. Truncated value: '%s'."),
    DUPLICATE_COLUMN(
            2705,
            4,
            16,
            ErrorEffect.BATCH,
            "Column names in each table must be unique. Column name '%s' in table '%s' is specified more "
                    + "than once."),
    OBJECT_EXISTS(2714, 6, 16, ErrorEffect.BATCH, "There is already an object named '%s' in the database."),
    UNKNOWN_TYPE(2715, 6, 16, ErrorEffect.BATCH, "Column, parameter, or variable #%s: Cannot find data type %s."),
    UNKNOWN_SCHEMA(
            2760,
            1,
            16,
            ErrorEffect.BATCH,
            "The specified schema name \"%s\" either does not exist or you do not have permission to use it."),
    UNKNOWN_PROCEDURE(2812, 62, 16, ErrorEffect.STATEMENT, "Could not find stored procedure '%s'."),
    QUERY_CANCELED(3617, 1, 11, ErrorEffect.BATCH, "Operation cancelled by user."),
    FLOATING_POINT(3623, 1, 16, ErrorEffect.STATEMENT, "An invalid floating point operation occurred."),
    CANNOT_DO_MISSING(
            3701,
            5,
            11,
            ErrorEffect.STATEMENT,
            "Cannot %s the %s '%s', because it does not exist or you do not have permission."),
    DATABASE_IN_USE(3702, 3, 16, ErrorEffect.STATEMENT, "Cannot drop database \"%s\" because it is currently in use."),
    INDEX_OF_KEY(
            3723,
            4,
            16,
            ErrorEffect.STATEMENT,
            "An explicit DROP INDEX is not allowed on index '%s'. It is being used for %s constraint enforcement."),
    REFERENCED_BY_FOREIGN_KEY(
            3726,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Could not drop object '%s' because it is referenced by a FOREIGN KEY constraint."),
    CONSTRAINT_NOT_DROPPED(3727, 0, 16, ErrorEffect.STATEMENT, "Could not drop constraint. See previous errors."),
    NOT_A_CONSTRAINT(3728, 1, 16, ErrorEffect.STATEMENT, "'%s' is not a constraint."),
    REFERENCED_BY_OBJECT(
            3729, 1, 16, ErrorEffect.STATEMENT, "Cannot %s '%s' because it is being referenced by object '%s'."),
    COMMIT_WITHOUT_BEGIN(
            3902,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION."),
    ROLLBACK_WITHOUT_BEGIN(
            3903,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION."),
    TRANSACTION_DOOMED(
            3930,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The current transaction cannot be committed and cannot support operations that write to the log "
                    + "file. Roll back the transaction."),
    DOOMED_TO_SAVEPOINT(
            3931,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The current transaction cannot be committed and cannot be rolled back to a savepoint. Roll back the entire "
                    + "transaction."),
    SNAPSHOT_CONFLICT(
            3960,
            1,
            16,
            ErrorEffect.TRANSACTION,
            "Snapshot isolation transaction aborted due to update conflict. You cannot use snapshot "
                    + "isolation to access table '%s' directly or indirectly in database '%s' to update, delete, or "
                    + "insert the row that has been modified or deleted by another transaction. Retry the transaction "
                    + "or change the isolation level for the update/delete statement."),
    DOOMED_AT_BATCH_END(
            3998,
            1,
            16,
            ErrorEffect.TRANSACTION,
            "Uncommittable transaction is detected at the end of the batch. The transaction is rolled back."),
    BULK_DATA_MISSING(
            4022, 1, 16, ErrorEffect.BATCH, "Bulk load data was expected but not sent. The batch will be terminated."),
    CANNOT_OPEN_DATABASE(
            4060,
            1,
            11,
            ErrorEffect.CONNECTION,
            "Cannot open database \"%s\" requested by the login. The login failed."),
    UNBOUND_IDENTIFIER(4104, 1, 16, ErrorEffect.BATCH, "The multi-part identifier \"%s\" could not be bound."),
    NTILE_NOT_POSITIVE(
            4116,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The function 'ntile' takes only a positive int or bigint expression as its input."),
    UNKNOWN_FUNCTION(
            4121,
            1,
            16,
            ErrorEffect.BATCH,
            "Cannot find either column \"%s\" or the user-defined function or aggregate \"%s\", or the name is "
                    + "ambiguous."),
    NON_BOOLEAN_CONDITION(
            4145,
            1,
            15,
            ErrorEffect.BATCH,
            "An expression of non-boolean type specified in a context where a condition is expected, near " + "'%s'."),
    TRUNCATE_MISSING(
            4701,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot find the object \"%s\" because it does not exist or you do not have permissions."),
    TRUNCATE_REFERENCED(
            4712,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot truncate table '%s' because it is being referenced by a FOREIGN KEY constraint."),
    BULK_COLUMN_LENGTH(
            4815, 1, 16, ErrorEffect.BATCH, "Received an invalid column length from the bcp client for colid %s."),
    ADDED_COLUMN_NOT_NULL(
            4901,
            1,
            16,
            ErrorEffect.STATEMENT,
            "ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT "
                    + "definition specified, or the column being added is an identity or timestamp column, or "
                    + "alternatively if none of the previous conditions are satisfied the table must be empty to allow "
                    + "addition of this column. Column '%s' cannot be added to non-empty table '%s' because it does "
                    + "not satisfy these conditions."),
    ALTER_MISSING_TABLE(
            4902,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot find the object \"%s\" because it does not exist or you do not have permissions."),
    ALTER_MISSING_COLUMN(
            4924,
            1,
            16,
            ErrorEffect.STATEMENT,
            "ALTER TABLE %s failed because column '%s' does not exist in table '%s'."),
    COLUMN_HAS_DEPENDENT(5074, 1, 16, ErrorEffect.STATEMENT, "The %s '%s' is dependent on column '%s'."),
    SAVEPOINT_MISSING(
            6401,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot roll back %s. No transaction or savepoint of that name was found."),
    IDENTITY_NEEDS_COLUMN_LIST(
            8101,
            1,
            16,
            ErrorEffect.BATCH,
            "An explicit value for the identity column in table '%s' can only be specified when a column "
                    + "list is used and IDENTITY_INSERT is ON."),
    IDENTITY_UPDATE(8102, 1, 16, ErrorEffect.BATCH, "Cannot update identity column '%s'."),
    NO_IDENTITY(
            8106,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Table '%s' does not have the identity property. Cannot perform SET operation."),
    IDENTITY_INSERT_ELSEWHERE(
            8107,
            1,
            16,
            ErrorEffect.STATEMENT,
            "IDENTITY_INSERT is already ON for table '%s'. Cannot perform SET operation for table '%s'."),
    NULLABLE_PRIMARY_KEY(
            8111,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot define PRIMARY KEY constraint on nullable column in table '%s'."),
    TYPE_CONVERSION(8114, 5, 16, ErrorEffect.TRANSACTION, "Error converting data type %s to %s."),
    OVERFLOW_CONVERTING(8115, 2, 16, ErrorEffect.STATEMENT, "Arithmetic overflow error converting %s to data type %s."),
    ARGUMENT_TYPE(8116, 1, 16, ErrorEffect.BATCH, "Argument data type %s is invalid for argument %s of %s function."),
    OPERAND_TYPE(8117, 1, 16, ErrorEffect.BATCH, "Operand data type %s is invalid for %s operator."),
    NOT_GROUPED(
            8120,
            1,
            16,
            ErrorEffect.BATCH,
            "Column '%s' is invalid in the select list because it is not contained in either an aggregate "
                    + "function or the GROUP BY clause."),
    DIVIDE_BY_ZERO(8134, 1, 16, ErrorEffect.STATEMENT, "Divide by zero error encountered."),
    TOO_MANY_ARGUMENTS(8144, 2, 16, ErrorEffect.BATCH, "Procedure or function %s has too many arguments specified."),
    NOT_A_PARAMETER(8145, 2, 16, ErrorEffect.BATCH, "%s is not a parameter for procedure %s."),
    NO_PARAMETERS(8146, 2, 16, ErrorEffect.BATCH, "Procedure %s has no parameters and arguments were supplied."),
    WOULD_BE_TRUNCATED(8152, 30, 16, ErrorEffect.STATEMENT, "String or binary data would be truncated."),
    UNNAMED_COLUMN(8155, 2, 16, ErrorEffect.BATCH, "No column name was specified for column %s of '%s'."),
    COLUMN_NAMED_TWICE(8156, 1, 16, ErrorEffect.BATCH, "The column '%s' was specified multiple times for '%s'."),
    MORE_COLUMNS_THAN_LIST(
            8158, 1, 16, ErrorEffect.BATCH, "'%s' has more columns than were specified in the column list."),
    FEWER_COLUMNS_THAN_LIST(
            8159, 1, 16, ErrorEffect.BATCH, "'%s' has fewer columns than were specified in the column list."),
    TEXT_TO_UNIQUEIDENTIFIER(
            8169,
            2,
            16,
            ErrorEffect.TRANSACTION,
            "Conversion failed when converting from a character string to uniqueidentifier."),
    QUERY_PARAMETER_MISSING(
            8178,
            1,
            16,
            ErrorEffect.BATCH,
            "The parameterized query '%s' expects the parameter '%s', which was not supplied."),
    UNKNOWN_HANDLE(8179, 2, 16, ErrorEffect.STATEMENT, "Could not find prepared statement with handle %s."),
    MERGE_TWICE(
            8672,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The MERGE statement attempted to UPDATE or DELETE the same row more than once. This happens "
                    + "when a target row matches more than one source row. A MERGE statement cannot UPDATE/DELETE the "
                    + "same row of the target table multiple times. Refine the ON clause to ensure a target row "
                    + "matches at most one source row, or use the GROUP BY clause to group the source rows."),
    NEGATIVE_LAG(
            8730,
            2,
            16,
            ErrorEffect.STATEMENT,
            "Offset parameter for Lag and Lead functions cannot be a negative value."),
    DATEPART_NOT_SUPPORTED(
            9810, 1, 16, ErrorEffect.BATCH, "The datepart %s is not supported by date function %s for data type %s."),
    FUNCTION_ARGUMENT_VALUE(
            9819,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Conversion failed when converting date and/or time. The argument of the function %s is out of "
                    + "range."),
    NEGATIVE_OFFSET(
            10742, 1, 15, ErrorEffect.STATEMENT, "The offset specified in a OFFSET clause may not be negative."),
    OBJECT_NOT_IN_DATABASE(
            15009,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The object '%s' does not exist in database '%s' or is invalid for this operation."),
    DO_MISSING_SECURABLE(
            15151,
            1,
            16,
            ErrorEffect.STATEMENT,
            "Cannot %s the %s '%s', because it does not exist or you do not have permission."),
    QUALIFIER_NOT_CURRENT(
            15250,
            1,
            16,
            ErrorEffect.STATEMENT,
            "The database name component of the object qualifier must be the name of the current database."),
    LOGIN_FAILED(18456, 1, 14, ErrorEffect.CONNECTION, "Login failed for user '%s'."),
    /** What this server cannot do; the text says all of it. */
    UNSUPPORTED(40510, 1, 16, ErrorEffect.BATCH, "%s"),
    INTERNAL(50000, 1, 16, ErrorEffect.STATEMENT, "%s");

    private final int number;
    private final int state;
    private final int severity;
    private final ErrorEffect effect;
    private final String template;

    KnownError(int number, int state, int severity, ErrorEffect effect, String template) {
        this.number = number;
        this.state = state;
        this.severity = severity;
        this.effect = effect;
        this.template = template;
    }

    public int number() {
        return number;
    }

    public int severity() {
        return severity;
    }

    public ErrorEffect effect() {
        return effect;
    }

    /** The text with {@code %s} where names and values go. */
    public String template() {
        return template;
    }

    /** The error with its names and values filled in, in the order of the template. */
    public ServerError with(Object... arguments) {
        return new ServerError(number, state, severity, template.formatted(arguments), effect);
    }

    public static Optional<KnownError> ofNumber(int number) {
        return Arrays.stream(values()).filter(e -> e.number == number).findFirst();
    }
}
