package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;

/** sp_describe_first_result_set: the columns that a batch would return first. Nothing of the batch is run. */
final class DescribeProcedures {
    private static final String COLUMNS = "is_hidden bit, column_ordinal int, name sysname null, is_nullable bit,"
        + " system_type_id int, system_type_name nvarchar(256) null, max_length smallint, precision tinyint, scale"
        + " tinyint, collation_name sysname null, user_type_id int null, user_type_database sysname null,"
        + " user_type_schema sysname null, user_type_name sysname null, assembly_qualified_type_name nvarchar(4000)"
        + " null, xml_collection_id int null, xml_collection_database sysname null, xml_collection_schema sysname"
        + " null, xml_collection_name sysname null, is_xml_document bit, is_case_sensitive bit,"
        + " is_fixed_length_clr_type bit, source_server sysname null, source_database sysname null, source_schema"
        + " sysname null, source_table sysname null, source_column sysname null, is_identity_column bit null,"
        + " is_part_of_unique_key bit null, is_updateable bit null, is_computed_column bit null, is_sparse_column_set"
        + " bit null, ordinal_in_order_by_list smallint null, order_by_is_descending smallint null,"
        + " order_by_list_length smallint null, tds_type_id int, tds_length int, tds_collation_id int null,"
        + " tds_collation_sort_id tinyint null";

    private DescribeProcedures() {}

    static int firstResultSet(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException {
        String batch = arguments.text("@tsql", 0);
        if (batch == null) {
            throw KnownError.MISSING_PARAMETER.exception("sp_describe_first_result_set", "@tsql");
        }
        CatalogResult result = new CatalogResult(COLUMNS);
        int ordinal = 0;
        for (Column column : context.firstResult(batch, arguments.text("@params", 1))) {
            result.add(row(column, ++ordinal));
        }
        result.sendTo(sink);
        return 0;
    }

    private static Object[] row(Column column, int ordinal) {
        SqlType type = SqlType.of(column.type());
        int id = TypeFacts.systemTypeId(type.kind());
        TypeInfo wire = column.type();
        return new Object[] {
            false,
            ordinal,
            column.name().isEmpty() ? null : column.name(),
            column.isNullable(),
            id,
            type.toString(),
            TypeFacts.maxLength(type),
            TypeFacts.precision(type),
            TypeFacts.scale(type),
            TypeFacts.collation(type),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            false,
            false,
            null,
            null,
            null,
            null,
            null,
            column.isIdentity(),
            null,
            false,
            false,
            false,
            null,
            null,
            null,
            wire.type().code(),
            wire.isPlp() ? 0xFFFF : wire.maxLength(),
            wire.collation() == null ? null : wire.collation().info(),
            wire.collation() == null ? null : wire.collation().sortId()
        };
    }
}
