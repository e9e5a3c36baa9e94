package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.DescribedParameter;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.TypeInfo;

/** sp_describe_undeclared_parameters: the parameters that a batch uses, with types for them. Nothing of the batch is run. */
final class DescribeParameters {
    private static final String COLUMNS = "parameter_ordinal int, name sysname, suggested_system_type_id int,"
        + " suggested_system_type_name nvarchar(256) null, suggested_max_length smallint, suggested_precision tinyint,"
        + " suggested_scale tinyint, suggested_user_type_id int null, suggested_user_type_database sysname null,"
        + " suggested_user_type_schema sysname null, suggested_user_type_name sysname null,"
        + " suggested_assembly_qualified_type_name nvarchar(4000) null, suggested_xml_collection_id int null,"
        + " suggested_xml_collection_database sysname null, suggested_xml_collection_schema sysname null,"
        + " suggested_xml_collection_name sysname null, suggested_is_xml_document bit, suggested_is_case_sensitive"
        + " bit, suggested_is_fixed_length_clr_type bit, suggested_is_input bit, suggested_is_output bit,"
        + " formal_parameter_name sysname null, suggested_tds_type_id int, suggested_tds_length int";

    private DescribeParameters() {}

    static int undeclaredParameters(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException {
        String batch = arguments.text("@tsql", 0);
        if (batch == null) {
            throw KnownError.MISSING_PARAMETER.exception("sp_describe_undeclared_parameters", "@tsql");
        }
        CatalogResult result = new CatalogResult(COLUMNS);
        int ordinal = 0;
        for (DescribedParameter parameter : context.undeclared(batch, arguments.text("@params", 1))) {
            result.add(row(parameter, ++ordinal));
        }
        result.sendTo(sink);
        return 0;
    }

    private static Object[] row(DescribedParameter parameter, int ordinal) {
        SqlType type = parameter.type();
        TypeInfo wire = type.toTypeInfo();
        return new Object[] {
            ordinal,
            parameter.name(),
            TypeFacts.systemTypeId(type.kind()),
            type.toString(),
            TypeFacts.maxLength(type),
            TypeFacts.precision(type),
            TypeFacts.scale(type),
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
            true,
            false,
            null,
            wire.type().code(),
            wire.isPlp() ? 0xFFFF : wire.maxLength()
        };
    }
}
