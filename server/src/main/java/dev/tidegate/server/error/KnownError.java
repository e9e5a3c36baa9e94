package dev.tidegate.server.error;

import static dev.tidegate.server.error.ErrorEffect.BATCH;
import static dev.tidegate.server.error.ErrorEffect.CONNECTION;
import static dev.tidegate.server.error.ErrorEffect.STATEMENT;
import static dev.tidegate.server.error.ErrorEffect.TRANSACTION;

import dev.tidegate.server.backend.SqlServerException;
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
    INCORRECT_SYNTAX(102, 1, 15, BATCH, "Incorrect syntax near '%s'."),
    IDENTIFIER_TOO_LONG(103, 4, 15, BATCH, "The identifier that starts with '%s' is too long. Maximum length is 128."),
    ORDER_BY_NOT_SELECTED(104, 1, 16, BATCH,
            "ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT "
                    + "operator."),
    UNCLOSED_QUOTE(105, 1, 15, BATCH, "Unclosed quotation mark after the character string '%s'."),
    UNKNOWN_PREFIX(107, 1, 15, BATCH,
            "The column prefix '%s' does not match with a table name or alias name used in the query."),
    ORDER_BY_POSITION(108, 1, 16, BATCH,
            "The ORDER BY position number %s is out of range of the number of items in the select list."),
    MORE_COLUMNS_THAN_VALUES(109, 1, 15, BATCH,
            "There are more columns in the INSERT statement than values specified in the VALUES clause. The number "
                    + "of values in the VALUES clause must match the number of columns specified in the INSERT statement."),
    FEWER_COLUMNS_THAN_VALUES(110, 1, 15, BATCH,
            "There are fewer columns in the INSERT statement than values specified in the VALUES clause. The number "
                    + "of values in the VALUES clause must match the number of columns specified in the INSERT statement."),
    UNCLOSED_COMMENT(113, 1, 15, BATCH, "Missing end comment mark '*/'."),
    SUBQUERY_ONE_EXPRESSION(116, 1, 16, BATCH,
            "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS."),
    TOO_MANY_PREFIXES(117, 1, 15, BATCH,
            "The object name '%s' contains more than the maximum number of prefixes. The maximum is 3."),
    SELECT_TOO_FEW_ITEMS(120, 1, 15, BATCH,
            "The select list for the INSERT statement contains fewer items than the insert list. The number of "
                    + "SELECT values must match the number of INSERT columns."),
    SELECT_TOO_MANY_ITEMS(121, 1, 15, BATCH,
            "The select list for the INSERT statement contains more items than the insert list. The number of SELECT "
                    + "values must match the number of INSERT columns."),
    NEGATIVE_TOP(127, 1, 15, STATEMENT, "A TOP N or FETCH rowcount value may not be negative."),
    SIZE_TOO_LARGE(131, 2, 15, BATCH,
            "The size (%s) given to the type '%s' exceeds the maximum allowed for any data type (%s)."),
    VARIABLE_DECLARED_TWICE(134, 1, 15, BATCH,
            "The variable name '%s' has already been declared. Variable names must be unique within a query batch or "
                    + "stored procedure."),
    UNDECLARED_VARIABLE(137, 2, 15, BATCH, "Must declare the scalar variable \"%s\"."),
    ASSIGNMENT_WITH_RETRIEVAL(141, 1, 15, BATCH,
            "A SELECT statement that assigns a value to a variable must not be combined with data-retrieval "
                    + "operations."),
    AGGREGATE_NOT_ALLOWED(147, 1, 15, BATCH,
            "An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause "
                    + "or a select list, and the column being aggregated is an outer reference."),
    UNKNOWN_OPTION(155, 1, 15, BATCH, "'%s' is not a recognized %s option."),
    INCORRECT_SYNTAX_KEYWORD(156, 1, 15, BATCH, "Incorrect syntax near the keyword '%s'."),
    DROP_INDEX_NAME(159, 1, 15, BATCH, "Must specify the table name and index name for the DROP INDEX statement."),
    FLOAT_LITERAL_TOO_LARGE(168, 1, 15, BATCH,
            "The floating point value '%s' is out of the range of computer representation (8 bytes)."),
    FUNCTION_ARGUMENTS(174, 1, 15, BATCH, "The %s function requires %s argument(s)."),
    FUNCTION_ARGUMENT_RANGE(189, 1, 15, BATCH, "The %s function requires %s to %s arguments."),
    NESTED_TOO_DEEPLY(191, 1, 15, BATCH,
            "Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller "
                    + "queries."),
    UNKNOWN_BUILT_IN(195, 10, 15, BATCH, "'%s' is not a recognized %s."),
    INTO_NOT_FIRST(196, 1, 15, BATCH,
            "SELECT INTO must be the first query in a statement containing a UNION, INTERSECT or EXCEPT operator."),
    MISSING_PARAMETER(201, 4, 16, BATCH, "Procedure or function '%s' expects parameter '%s', which was not supplied."),
    UNION_ITEM_COUNT(205, 1, 16, BATCH,
            "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of "
                    + "expressions in their target lists."),
    OPERAND_CLASH(206, 2, 16, BATCH, "Operand type clash: %s is incompatible with %s"),
    INVALID_COLUMN(207, 1, 16, BATCH, "Invalid column name '%s'."),
    INVALID_OBJECT(208, 1, 16, BATCH, "Invalid object name '%s'."),
    AMBIGUOUS_COLUMN(209, 1, 16, BATCH, "Ambiguous column name '%s'."),
    VALUE_COUNT_MISMATCH(213, 1, 16, BATCH,
            "Column name or number of supplied values does not match table definition."),
    PARAMETER_TYPE(214, 2, 16, BATCH, "Procedure expects parameter '%s' of type '%s'."),
    OVERFLOW_VALUE(220, 2, 16, STATEMENT, "Arithmetic overflow error for data type %s, value = %s."),
    TEXT_TO_MONEY(235, 0, 16, TRANSACTION,
            "Cannot convert a char value to money. The char value has incorrect syntax."),
    TEXT_TO_DATE(241, 1, 16, TRANSACTION, "Conversion failed when converting date and/or time from character string."),
    DATE_OUT_OF_RANGE(242, 3, 16, TRANSACTION,
            "The conversion of a %s data type to a %s data type resulted in an out-of-range value."),
    UNKNOWN_TYPE_IN_CAST(243, 1, 16, BATCH, "Type %s is not a defined system type."),
    TEXT_OVERFLOWED_SMALL_INTEGER(244, 1, 16, TRANSACTION,
            "The conversion of the %s value '%s' overflowed an %s column. Use a larger integer column."),
    CONVERSION_FAILED(245, 1, 16, TRANSACTION, "Conversion failed when converting the %s value '%s' to data type %s."),
    TEXT_OVERFLOWED_INT(248, 1, 16, TRANSACTION, "The conversion of the %s value '%s' overflowed an int column."),
    IMPLICIT_CONVERSION(257, 3, 16, BATCH,
            "Implicit conversion from data type %s to %s is not allowed. Use the CONVERT function to run this query."),
    NO_TABLE_FOR_STAR(263, 1, 16, BATCH, "Must specify table to select from."),
    COLUMN_SET_TWICE(264, 1, 16, BATCH,
            "The column name '%s' is specified more than once in the SET clause or column list of an INSERT. A "
                    + "column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a "
                    + "column is updated only once. If this statement updates or inserts columns into a view, column aliasing "
                    + "can conceal the duplication in your code."),
    COMPUTED_COLUMN_MODIFIED(271, 1, 16, BATCH,
            "The column \"%s\" cannot be modified because it is either a computed column or is the result of a UNION "
                    + "operator."),
    TIMESTAMP_INSERT(273, 1, 16, BATCH,
            "Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to exclude the "
                    + "timestamp column, or insert a DEFAULT into the timestamp column."),
    INVALID_STYLE(281, 1, 16, BATCH, "%s is not a valid style number when converting from %s to a character string."),
    DATE_PARTS_INVALID(289, 1, 16, STATEMENT,
            "Cannot construct data type %s, some of the arguments have values which are not valid."),
    TEXT_TO_SMALLMONEY(293, 0, 16, TRANSACTION,
            "Cannot convert char value to money. The char value has incorrect syntax."),
    TEXT_TO_SMALLDATETIME(295, 3, 16, TRANSACTION,
            "Conversion failed when converting character string to smalldatetime data type."),
    TEXT_NOT_COMPARABLE(306, 2, 16, BATCH,
            "The text, ntext, image and xml data types cannot be compared or sorted, except when using IS NULL or "
                    + "LIKE operator."),
    INCOMPATIBLE_OPERANDS(402, 1, 16, BATCH, "The data types %s and %s are incompatible in the %s operator."),
    NOT_TEXT_FOR_COLLATE(447, 0, 16, BATCH, "Expression type %s is invalid for COLLATE clause."),
    INVALID_COLLATION(448, 1, 16, BATCH, "Invalid collation '%s'."),
    COLLATION_CONFLICT(468, 9, 16, BATCH,
            "Cannot resolve the collation conflict between \"%s\" and \"%s\" in the %s operation."),
    SUBQUERY_MORE_THAN_ONE(512, 1, 16, STATEMENT,
            "Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, "
                    + ">= or when the subquery is used as an expression."),
    NULL_NOT_ALLOWED(515, 2, 16, STATEMENT,
            "Cannot insert the value NULL into column '%s', table '%s'; column does not allow nulls. %s fails."),
    DATE_ADD_OVERFLOW(517, 1, 16, STATEMENT, "Adding a value to a '%s' column caused an overflow."),
    EXPLICIT_CONVERSION(529, 2, 16, BATCH, "Explicit conversion from data type %s to %s is not allowed."),
    DATE_DIFF_OVERFLOW(535, 0, 16, STATEMENT,
            "The %s function resulted in an overflow. The number of dateparts separating two date/time instances is "
                    + "too large. Try to use %s with a less precise datepart."),
    INVALID_LENGTH(536, 1, 16, STATEMENT, "Invalid length parameter passed to the %s function."),
    INVALID_LENGTH_SUBSTRING(537, 3, 16, STATEMENT,
            "Invalid length parameter passed to the LEFT or SUBSTRING function."),
    IDENTITY_INSERT_OFF(544, 1, 16, STATEMENT,
            "Cannot insert explicit value for identity column in table '%s' when IDENTITY_INSERT is set to OFF."),
    IDENTITY_VALUE_MISSING(545, 1, 16, STATEMENT,
            "Explicit value must be specified for identity column in table '%s' either when IDENTITY_INSERT is set "
                    + "to ON or when a replication user is inserting into a NOT FOR REPLICATION identity column."),
    CONSTRAINT_CONFLICT(547, 0, 16, STATEMENT,
            "The %s statement conflicted with the %s constraint \"%s\". The conflict occurred in database \"%s\", "
                    + "table \"%s\"%s."),
    SESSION_BROKEN(596, 1, 21, CONNECTION, "Cannot continue the execution because the session is in the kill state."),
    SAVE_WITHOUT_TRANSACTION(628, 0, 16, STATEMENT,
            "Cannot issue SAVE TRANSACTION when there is no active transaction."),
    INSUFFICIENT_MEMORY(701, 1, 17, STATEMENT, "There is insufficient memory for this request: %s."),
    DATABASE_MISSING(911, 1, 16, BATCH, "Database '%s' does not exist. Make sure that the name is entered correctly."),
    NUMBER_TOO_LARGE(1007, 1, 15, BATCH,
            "The number '%s' is out of the range for numeric representation (maximum precision 38)."),
    SAME_EXPOSED_NAMES(1013, 1, 16, BATCH,
            "The objects \"%s\" and \"%s\" in the FROM clause have the same exposed names. Use correlation names to "
                    + "distinguish them."),
    INVALID_DATEPART(1023, 1, 15, BATCH, "Invalid parameter 1 specified for datepart."),
    TOP_NOT_INTEGER(1060, 1, 15, STATEMENT,
            "The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer."),
    UNDECLARED_TABLE_VARIABLE(1087, 1, 15, BATCH, "Must declare the table variable \"%s\"."),
    OBJECT_MISSING(1088, 11, 16, STATEMENT,
            "Cannot find the object \"%s\" because it does not exist or you do not have permissions."),
    DEADLOCK(1205, 51, 13, TRANSACTION,
            "Transaction (Process ID %s) was deadlocked on %s resources with another process and has been chosen as "
                    + "the deadlock victim. Rerun the transaction."),
    LOCK_TIMEOUT(1222, 51, 16, STATEMENT, "Lock request time out period exceeded."),
    LOCK_NOT_HELD(1223, 1, 16, STATEMENT,
            "Cannot release the application lock (Database Principal: 'public', Resource: '%s') because it is not "
                    + "currently held."),
    INVALID_LOCK_MODE(1225, 1, 16, STATEMENT, "An invalid application lock mode was passed to %s."),
    INVALID_LOCK_OWNER(1226, 1, 16, STATEMENT, "An invalid application lock owner was passed to %s."),
    DUPLICATE_FOR_NEW_INDEX(1505, 1, 16, STATEMENT,
            "The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name '%s' "
                    + "and the index name '%s'. The duplicate key value is %s."),
    FOREIGN_KEY_NO_CANDIDATE(1776, 0, 16, STATEMENT,
            "There are no primary or candidate keys in the referenced table '%s' that match the referencing column "
                    + "list in the foreign key '%s'."),
    SECOND_PRIMARY_KEY(1779, 0, 16, STATEMENT, "Table '%s' already has a primary key defined on it."),
    DEFAULT_EXISTS(1781, 1, 16, STATEMENT, "Column already has a DEFAULT bound to it."),
    INDEX_COLUMN_MISSING(1911, 1, 16, STATEMENT, "Column name '%s' does not exist in the target table or view."),
    INDEX_EXISTS(1913, 1, 16, STATEMENT,
            "The operation failed because an index or statistics with name '%s' already exists on table '%s'."),
    DUPLICATE_KEY_INDEX(2601, 1, 14, STATEMENT,
            "Cannot insert duplicate key row in object '%s' with unique index '%s'. The duplicate key value is %s."),
    DUPLICATE_KEY(2627, 1, 14, STATEMENT,
            "Violation of %s constraint '%s'. Cannot insert duplicate key in object '%s'. The duplicate key value is "
                    + "%s."),
    VALUE_TRUNCATED(2628, 1, 16, STATEMENT,
            "String or binary data would be truncated in table '%s', column '%s'. Truncated value: '%s'."),
    DUPLICATE_COLUMN(2705, 4, 16, BATCH,
            "Column names in each table must be unique. Column name '%s' in table '%s' is specified more than once."),
    OBJECT_EXISTS(2714, 6, 16, BATCH, "There is already an object named '%s' in the database."),
    UNKNOWN_TYPE(2715, 6, 16, BATCH, "Column, parameter, or variable #%s: Cannot find data type %s."),
    WIDTH_NOT_ALLOWED(2716, 1, 16, BATCH,
            "Column, parameter, or variable #%s: Cannot specify a column width on data type %s."),
    VECTOR_TOO_LONG(2717, 2, 16, BATCH, "The size (%s) given to the type '%s' exceeds the maximum allowed (1998)."),
    SECOND_IDENTITY(2744, 2, 16, BATCH,
            "Multiple identity columns specified for table '%s'. Only one identity column per table is allowed."),
    IDENTITY_INCREMENT_ZERO(2748, 1, 16, BATCH,
            "Cannot specify 0 as the increment of the identity column '%s' of table '%s'."),
    IDENTITY_TYPE(2749, 2, 16, BATCH,
            "Identity column '%s' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a "
                    + "scale of 0, unencrypted, and constrained to be nonnullable."),
    INVALID_PRECISION(2750, 1, 16, BATCH,
            "Specified column precision or scale is invalid for type %s: the maximum precision is 38."),
    SEVERITY_TOO_HIGH(2754, 1, 16, STATEMENT,
            "Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the "
                    + "WITH LOG option."),
    UNKNOWN_SCHEMA(2760, 1, 16, BATCH,
            "The specified schema name \"%s\" either does not exist or you do not have permission to use it."),
    SUBSTITUTION_TYPE(2786, 1, 16, STATEMENT,
            "The data type of substitution parameter %s does not match the expected type of the format specification."),
    UNKNOWN_PROCEDURE(2812, 62, 16, STATEMENT, "Could not find stored procedure '%s'."),
    QUERY_CANCELED(3617, 1, 11, BATCH, "Operation cancelled by user."),
    FLOATING_POINT(3623, 1, 16, STATEMENT, "An invalid floating point operation occurred."),
    CANNOT_DO_MISSING(3701, 5, 11, STATEMENT,
            "Cannot %s the %s '%s', because it does not exist or you do not have permission."),
    DROP_OF_ANOTHER_KIND(3705, 1, 16, STATEMENT, "Cannot use DROP %s with '%s' because '%s' is a %s. Use DROP %s."),
    INDEX_OF_KEY(3723, 4, 16, STATEMENT,
            "An explicit DROP INDEX is not allowed on index '%s'. It is being used for %s constraint enforcement."),
    REFERENCED_BY_FOREIGN_KEY(3726, 1, 16, STATEMENT,
            "Could not drop object '%s' because it is referenced by a FOREIGN KEY constraint."),
    NOT_A_CONSTRAINT(3728, 1, 16, STATEMENT, "'%s' is not a constraint."),
    REFERENCED_BY_OBJECT(3729, 1, 16, STATEMENT, "Cannot %s '%s' because it is being referenced by object '%s'."),
    COMMIT_WITHOUT_BEGIN(3902, 1, 16, STATEMENT,
            "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION."),
    ROLLBACK_WITHOUT_BEGIN(3903, 1, 16, STATEMENT,
            "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION."),
    TRANSACTION_DOOMED(3930, 1, 16, STATEMENT,
            "The current transaction cannot be committed and cannot support operations that write to the log file. "
                    + "Roll back the transaction."),
    DOOMED_TO_SAVEPOINT(3931, 1, 16, STATEMENT,
            "The current transaction cannot be committed and cannot be rolled back to a savepoint. Roll back the "
                    + "entire transaction."),
    SNAPSHOT_CONFLICT(3960, 2, 16, TRANSACTION,
            "Snapshot isolation transaction aborted due to update conflict. You cannot use snapshot isolation to access "
                    + "table '%s' directly or indirectly in database '%s' to update, delete, or insert the row that has "
                    + "been modified or deleted by another transaction. Retry the transaction or change the isolation "
                    + "level for the update/delete statement."),
    SNAPSHOT_DEFINITION_CHANGED(3961, 1, 16, STATEMENT,
            "Snapshot isolation transaction failed in database '%s' because the object accessed by the statement has "
                    + "been modified in another transaction since the start of this transaction. Define it under READ "
                    + "COMMITTED."),
    WRONG_TRANSACTION(3971, 1, 16, BATCH, "The server failed to resume the transaction. Desc:%s."),
    NO_TRANSACTION_DESCRIPTOR(3989, 1, 16, BATCH,
            "New request is not allowed to start because it should come with valid transaction descriptor."),
    DOOMED_AT_BATCH_END(3998, 1, 16, TRANSACTION,
            "Uncommittable transaction is detected at the end of the batch. The transaction is rolled back."),
    PROTOCOL(4002, 1, 20, CONNECTION, "The incoming tabular data stream (TDS) protocol stream is incorrect: %s"),
    BULK_DATA_MISSING(4022, 1, 16, BATCH, "Bulk load data was expected but not sent. The batch will be terminated."),
    CANNOT_OPEN_DATABASE(4060, 1, 11, CONNECTION,
            "Cannot open database \"%s\" requested by the login. The login failed."),
    UNBOUND_IDENTIFIER(4104, 1, 16, BATCH, "The multi-part identifier \"%s\" could not be bound."),
    NTILE_NOT_POSITIVE(4116, 1, 16, STATEMENT,
            "The function 'ntile' takes only a positive int or bigint expression as its input."),
    UNKNOWN_FUNCTION(4121, 1, 16, BATCH,
            "Cannot find either column \"%s\" or the user-defined function or aggregate \"%s\", or the name is "
                    + "ambiguous."),
    COALESCE_ALL_NULL(4127, 1, 16, BATCH,
            "At least one of the arguments to COALESCE must be an expression that is not the NULL constant."),
    NON_BOOLEAN_CONDITION(4145, 1, 15, BATCH,
            "An expression of non-boolean type specified in a context where a condition is expected, near '%s'."),
    NULLIF_NULL(4151, 1, 16, BATCH,
            "The type of the first argument to NULLIF cannot be the NULL constant because the type of the first "
                    + "argument has to be known."),
    VIEW_NOT_UPDATABLE(4405, 1, 16, BATCH,
            "View or function '%s' is not updatable because the modification affects multiple base tables."),
    UNNAMED_VIEW_COLUMN(4511, 1, 16, BATCH,
            "Create View or Function failed because no column name was specified for column %s."),
    TRUNCATE_MISSING(4701, 1, 16, STATEMENT,
            "Cannot find the object \"%s\" because it does not exist or you do not have permissions."),
    TRUNCATE_REFERENCED(4712, 1, 16, STATEMENT,
            "Cannot truncate table '%s' because it is being referenced by a FOREIGN KEY constraint."),
    BULK_CONVERSION(4864, 1, 16, STATEMENT, "Bulk load data conversion error for row %s: %s."),
    ADDED_COLUMN_NOT_NULL(4901, 1, 16, STATEMENT,
            "ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT definition "
                    + "specified, or the column being added is an identity or timestamp column, or alternatively if none of "
                    + "the previous conditions are satisfied the table must be empty to allow addition of this column. Column "
                    + "'%s' cannot be added to non-empty table '%s' because it does not satisfy these conditions."),
    ALTER_MISSING_TABLE(4902, 1, 16, STATEMENT,
            "Cannot find the object \"%s\" because it does not exist or you do not have permissions."),
    ALTER_MISSING_COLUMN(4924, 1, 16, STATEMENT,
            "ALTER TABLE %s failed because column '%s' does not exist in table '%s'."),
    ALTER_COMPUTED_COLUMN(4928, 1, 16, STATEMENT, "Cannot alter column '%s' because it is 'COMPUTED'."),
    COLUMN_HAS_DEPENDENT(5074, 1, 16, STATEMENT, "The %s '%s' is dependent on column '%s'."),
    SESSION_CLOSED(6005, 1, 20, STATEMENT, "The session is closed."),
    KILL_INVALID(6101, 1, 16, STATEMENT, "Session ID %s is not valid."),
    KILL_OWN(6104, 1, 16, STATEMENT, "Cannot use KILL to kill your own process."),
    KILL_MISSING(6106, 1, 16, STATEMENT, "Process ID %s is not an active process ID."),
    KILL_SYSTEM(6107, 1, 14, STATEMENT, "Only user processes can be killed."),
    KILL_IN_TRANSACTION(6115, 1, 16, STATEMENT, "KILL command cannot be used inside user transactions."),
    KILL_NOT_ROLLING_BACK(6120, 1, 16, STATEMENT,
            "Status report cannot be obtained. Rollback operation for Process ID %s is not in progress."),
    SAVEPOINT_MISSING(6401, 1, 16, STATEMENT,
            "Cannot roll back %s. No transaction or savepoint of that name was found."),
    UNREADABLE_PARAMETER(8023, 4, 16, BATCH,
            "The incoming tabular data stream (TDS) remote procedure call (RPC) protocol stream is incorrect. A "
                    + "supplied value is not a valid instance of its data type: %s."),
    IDENTITY_NEEDS_COLUMN_LIST(8101, 1, 16, BATCH,
            "An explicit value for the identity column in table '%s' can only be specified when a column list is "
                    + "used and IDENTITY_INSERT is ON."),
    IDENTITY_UPDATE(8102, 1, 16, BATCH, "Cannot update identity column '%s'."),
    NO_IDENTITY(8106, 1, 16, STATEMENT,
            "Table '%s' does not have the identity property. Cannot perform SET operation."),
    IDENTITY_INSERT_ELSEWHERE(8107, 1, 16, STATEMENT,
            "IDENTITY_INSERT is already ON for table '%s'. Cannot perform SET operation for table '%s'."),
    NULLABLE_PRIMARY_KEY(8111, 1, 16, STATEMENT,
            "Cannot define PRIMARY KEY constraint on nullable column in table '%s'."),
    TYPE_CONVERSION(8114, 5, 16, TRANSACTION, "Error converting data type %s to %s."),
    OVERFLOW_CONVERTING(8115, 2, 16, STATEMENT, "Arithmetic overflow error converting %s to data type %s."),
    ARGUMENT_TYPE(8116, 1, 16, BATCH, "Argument data type %s is invalid for argument %s of %s function."),
    OPERAND_TYPE(8117, 1, 16, BATCH, "Operand data type %s is invalid for %s operator."),
    NOT_GROUPED(8120, 1, 16, BATCH,
            "Column '%s' is invalid in the select list because it is not contained in either an aggregate function "
                    + "or the GROUP BY clause."),
    CASE_ALL_NULL(8133, 1, 16, BATCH,
            "At least one of the result expressions in a CASE specification must be an expression other than the "
                    + "NULL constant."),
    DIVIDE_BY_ZERO(8134, 1, 16, STATEMENT, "Divide by zero error encountered."),
    WOULD_BE_TRUNCATED(8152, 30, 16, STATEMENT, "String or binary data would be truncated."),
    UNNAMED_COLUMN(8155, 2, 16, BATCH, "No column name was specified for column %s of '%s'."),
    COLUMN_NAMED_TWICE(8156, 1, 16, BATCH, "The column '%s' was specified multiple times for '%s'."),
    MORE_COLUMNS_THAN_LIST(8158, 1, 16, BATCH, "'%s' has more columns than were specified in the column list."),
    FEWER_COLUMNS_THAN_LIST(8159, 1, 16, BATCH, "'%s' has fewer columns than were specified in the column list."),
    TEXT_TO_UNIQUEIDENTIFIER(8169, 2, 16, TRANSACTION,
            "Conversion failed when converting from a character string to uniqueidentifier."),
    GUID_TO_SHORT_TEXT(8170, 2, 16, STATEMENT, "Insufficient result space to convert uniqueidentifier value to char."),
    QUERY_PARAMETER_MISSING(8178, 1, 16, STATEMENT,
            "The parameterized query expects the parameter '%s', which was not supplied."),
    UNKNOWN_HANDLE(8179, 2, 16, STATEMENT, "Could not find prepared statement with handle %s."),
    NO_DISTRIBUTED_TRANSACTIONS(8501, 3, 16, STATEMENT,
            "MSDTC on server '%s' is unavailable: distributed transactions (request type %s) are not possible here."),
    MERGE_TWICE(8672, 1, 16, STATEMENT,
            "The MERGE statement attempted to UPDATE or DELETE the same row more than once. This happens when a "
                    + "target row matches more than one source row. A MERGE statement cannot UPDATE/DELETE the same row of the "
                    + "target table multiple times. Refine the ON clause to ensure a target row matches at most one source "
                    + "row, or use the GROUP BY clause to group the source rows."),
    NEGATIVE_LAG(8730, 2, 16, STATEMENT, "Offset parameter for Lag and Lead functions cannot be a negative value."),
    DATEPART_NOT_FOR_DATEDIFF(9806, 1, 16, BATCH, "The datepart %s is not supported by date function datediff."),
    TIMEZONE_ARGUMENT(9812, 0, 16, STATEMENT, "The timezone provided to builtin function %s is invalid."),
    UNKNOWN_TIMEZONE(9820, 1, 16, STATEMENT,
            "The time zone parameter provided to AT TIME ZONE clause is invalid: this server knows 'UTC' only."),
    THROW_OUTSIDE_CATCH(10704, 1, 15, BATCH,
            "To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement "
                    + "inside a CATCH block, or add error parameters to the THROW statement."),
    ROW_LENGTHS_DIFFER(10709, 1, 16, BATCH,
            "The number of columns for each row in a table value constructor must be the same."),
    NEGATIVE_OFFSET(10742, 1, 15, STATEMENT, "The offset specified in a OFFSET clause may not be negative."),
    OVER_MISSING(10753, 1, 15, BATCH, "The function '%s' must have an OVER clause."),
    SEQUENCE_INCREMENT_ZERO(11700, 1, 16, STATEMENT, "The increment for sequence object '%s' cannot be zero."),
    SEQUENCE_TYPE(11702, 1, 16, STATEMENT,
            "The sequence object '%s' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a "
                    + "scale of 0, or any user-defined data type that is based on one of the above integer data types."),
    SEQUENCE_START(11703, 1, 16, STATEMENT,
            "The start value for sequence object '%s' must be between the minimum and maximum value of the sequence "
                    + "object."),
    SEQUENCE_BOUNDS(11705, 1, 16, STATEMENT,
            "The minimum value for sequence object '%s' must be less than its maximum value."),
    SEQUENCE_EXHAUSTED(11728, 1, 16, STATEMENT,
            "The sequence object '%s' has reached its minimum or maximum value. Restart the sequence object to allow "
                    + "new values to be generated."),
    JSON_TEXT(13609, 4, 16, BATCH, "JSON text is not properly formatted. Unexpected character '%s' is found at position %s."),
    NOT_AN_ARRAY_OF_NUMBERS(13670, 1, 16, BATCH, "The JSON text is not an array of numbers, which a vector is made of."),
    OBJECT_NOT_IN_DATABASE(15009, 1, 16, STATEMENT,
            "The object '%s' does not exist in database '%s' or is invalid for this operation."),
    DO_MISSING_SECURABLE(15151, 1, 16, STATEMENT,
            "Cannot %s the %s '%s', because it does not exist or you do not have permission."),
    PARAMETER_NULL(15223, 1, 11, STATEMENT, "Error: The input parameter '%s' is not allowed to be null."),
    ITEM_MISSING(15225, 1, 11, STATEMENT,
            "No item by the name of '%s' could be found in the current database '%s', given that @itemtype was input "
                    + "as '%s'."),
    AMBIGUOUS_ITEM(15248, 1, 11, STATEMENT,
            "Either the parameter @objname is ambiguous or the claimed @objtype (%s) is wrong."),
    UNKNOWN_ITEM_KIND(15249, 1, 11, STATEMENT, "Error: Explicit @objtype '%s' is unrecognized."),
    QUALIFIER_NOT_CURRENT(15250, 1, 16, STATEMENT,
            "The database name component of the object qualifier must be the name of the current database."),
    IDENTIFIER_SYNTAX(15253, 1, 11, STATEMENT, "Syntax error parsing SQL identifier '%s'."),
    NAME_IN_USE(15335, 1, 11, STATEMENT,
            "Error: The new name '%s' is already in use as a %s name and would cause a duplicate that is not "
                    + "permitted."),
    PROCEDURE_PARAMETER(15600, 1, 16, STATEMENT,
            "An invalid parameter or option was specified for procedure '%s'%s."),
    CURSOR_FETCH_TYPE(16902, 1, 16, STATEMENT, "sp_cursorfetch: The value of the parameter 'fetchtype' is invalid."),
    UNKNOWN_CURSOR(16916, 1, 16, STATEMENT, "A cursor with the name '%s' does not exist."),
    CURSOR_READ_ONLY(16929, 1, 16, STATEMENT, "The cursor is READ ONLY."),
    NO_CURSOR_FOR_BATCH(16937, 1, 16, STATEMENT,
            "A server cursor is not allowed on a remote stored procedure or stored procedure with more than one "
                    + "SELECT statement. Use a default result set or client cursor."),
    TOO_MANY_CURSORS(16950, 1, 16, STATEMENT,
            "There are %s open cursors in this session: close those that are not needed."),
    TOO_MANY_CONNECTIONS(17809, 1, 20, CONNECTION,
            "Could not connect because the maximum number of '%s' user connections has already been reached."),
    NO_INTEGRATED_LOGIN(18452, 1, 14, CONNECTION,
            "Login failed. Integrated authentication is not available on this server; use a user and a password."),
    LOGIN_FAILED(18456, 1, 14, CONNECTION, "Login failed for user '%s'."),
    THROW_NUMBER(35100, 1, 16, STATEMENT,
            "Error number %s in the THROW statement is outside the valid range. Specify an error number in the valid "
                    + "range of 50000 to 2147483647."),
    /** What this server cannot do; the text says all of it. */
    UNSUPPORTED(40510, 1, 16, BATCH, "%s"),
    OTHER_DATABASE(40515, 1, 16, BATCH,
            "Reference to database and/or server name in '%s' is not supported in this version of SQL Server."),
    VECTOR_DIMENSIONS(42204, 3, 16, BATCH, "The vector dimensions %s and %s do not match."),
    VECTOR_METRIC(42205, 1, 16, BATCH, "The distance '%s' is unknown: VECTOR_DISTANCE takes cosine, euclidean and dot."),
    INTERNAL(50000, 1, 16, STATEMENT, "%s");

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

    /** As {@link #with}, to be thrown. */
    public SqlServerException exception(Object... arguments) {
        return with(arguments).asServerException(null);
    }

    public static Optional<KnownError> ofNumber(int number) {
        return Arrays.stream(values()).filter(e -> e.number == number).findFirst();
    }
}
