package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.procedure.SystemProcedure;
import java.util.HashMap;
import java.util.Map;

/** The catalog procedures by name. */
public final class Procedures {
    private Procedures() {}

    /** By name in lower case, without schema. */
    public static Map<String, SystemProcedure> all() {
        Map<String, SystemProcedure> all = new HashMap<>();
        all.put("sp_tables", TableProcedures::tables);
        all.put("sp_table_privileges", TableProcedures::tablePrivileges);
        all.put("sp_column_privileges", TableProcedures::columnPrivileges);
        all.put("sp_columns", ColumnProcedures::columns);
        all.put("sp_columns_90", ColumnProcedures::columns90);
        all.put("sp_columns_100", ColumnProcedures::columns100);
        all.put("sp_columns_170", ColumnProcedures::columns100);
        all.put("sp_special_columns", ColumnProcedures::specialColumns);
        all.put("sp_special_columns_90", ColumnProcedures::specialColumns);
        all.put("sp_special_columns_100", ColumnProcedures::specialColumns100);
        all.put("sp_pkeys", KeyProcedures::primaryKeys);
        all.put("sp_fkeys", KeyProcedures::foreignKeys);
        all.put("sp_statistics", KeyProcedures::statistics);
        all.put("sp_statistics_100", KeyProcedures::statistics);
        all.put("sp_datatype_info", TypeProcedures::dataTypes);
        all.put("sp_datatype_info_90", TypeProcedures::dataTypes);
        all.put("sp_datatype_info_100", TypeProcedures::dataTypes100);
        all.put("sp_stored_procedures", ModuleProcedures::storedProcedures);
        all.put("sp_sproc_columns", ModuleProcedures::procedureColumns);
        all.put("sp_sproc_columns_90", ModuleProcedures::procedureColumns);
        all.put("sp_sproc_columns_100", ModuleProcedures::procedureColumns100);
        all.put("sp_databases", ServerProcedures::databases);
        all.put("sp_helpdb", ServerProcedures::helpDatabase);
        all.put("sp_server_info", ServerProcedures::serverInfo);
        all.put("sp_who", ServerProcedures::who);
        all.put("sp_lock", ServerProcedures::locks);
        all.put("sp_configure", ServerProcedures::configure);
        all.put("sp_helpsort", ServerProcedures::helpSort);
        all.put("sp_help", HelpProcedures::help);
        all.put("sp_helpindex", HelpProcedures::helpIndex);
        all.put("sp_helptext", HelpProcedures::helpText);
        all.put("sp_describe_first_result_set", DescribeProcedures::firstResultSet);
        all.put("sp_describe_undeclared_parameters", DescribeParameters::undeclaredParameters);
        return Map.copyOf(all);
    }
}
