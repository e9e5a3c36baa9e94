package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;

/** The procedures that list stored procedures and their parameters: there are none that a user could make. */
final class ModuleProcedures {
    private static final String COLUMNS = "PROCEDURE_QUALIFIER sysname null, PROCEDURE_OWNER sysname null,"
        + " PROCEDURE_NAME nvarchar(134), COLUMN_NAME sysname null, COLUMN_TYPE smallint, DATA_TYPE smallint,"
        + " TYPE_NAME sysname null, PRECISION int null, LENGTH int null, SCALE smallint null, RADIX smallint null,"
        + " NULLABLE smallint, REMARKS varchar(254) null, COLUMN_DEF nvarchar(4000) null, SQL_DATA_TYPE smallint,"
        + " SQL_DATETIME_SUB smallint null, CHAR_OCTET_LENGTH int null, ORDINAL_POSITION int, IS_NULLABLE varchar(254)"
        + " null";

    private static final String COLUMNS_100 = ", SS_TYPE_CATALOG_NAME sysname null, SS_TYPE_SCHEMA_NAME sysname null,"
        + " SS_UDT_CATALOG_NAME sysname null, SS_UDT_SCHEMA_NAME sysname null, SS_UDT_ASSEMBLY_TYPE_NAME nvarchar(max)"
        + " null, SS_XML_SCHEMACOLLECTION_CATALOG_NAME sysname null, SS_XML_SCHEMACOLLECTION_SCHEMA_NAME sysname null,"
        + " SS_XML_SCHEMACOLLECTION_NAME sysname null";

    private ModuleProcedures() {}

    static int storedProcedures(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        new CatalogResult(
                        "PROCEDURE_QUALIFIER sysname null, PROCEDURE_OWNER sysname null, PROCEDURE_NAME nvarchar(134), "
                                + "NUM_INPUT_PARAMS int null, NUM_OUTPUT_PARAMS int null, NUM_RESULT_SETS int null, "
                                + "REMARKS varchar(254) null, PROCEDURE_TYPE smallint null")
                .sendTo(sink);
        return 0;
    }

    static int procedureColumns(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        new CatalogResult(COLUMNS + ", SS_DATA_TYPE tinyint null").sendTo(sink);
        return 0;
    }

    static int procedureColumns100(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        new CatalogResult(COLUMNS + COLUMNS_100 + ", SS_DATA_TYPE tinyint null").sendTo(sink);
        return 0;
    }
}
