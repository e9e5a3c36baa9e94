package dev.tidegate.jdbc;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.ServerInfo;
import dev.tidegate.client.TableName;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Metadata from the server's own catalog procedures. Results are in memory, so that other statements may run while they are read. A null
 * catalog is the current database; patterns have {@code \} as escape.
 */
final class TidegateDatabaseMetaData extends EmptyMetaData {
    private final TidegateConnection connection;
    private final ServerInfo server;

    TidegateDatabaseMetaData(TidegateConnection connection) throws SQLException {
        this.connection = connection;
        this.server = connection.session().client().serverInfo();
    }

    /** Calls a catalog procedure of the current database, or of another one by its three-part name. */
    private Lookup call(String procedure, String catalog, List<Parameter> parameters) throws SQLException {
        connection.requireOpen();
        boolean elsewhere = catalog != null && !catalog.equalsIgnoreCase(connection.getCatalog());
        String name = elsewhere ? TableName.quote(catalog) + ".sys." + procedure : procedure;
        ProcedureCall call = ProcedureCall.named(name, parameters);
        return Lookup.of(connection.session(), (client, options) -> client.call(call, options));
    }

    private Lookup query(String sql, Parameter... values) throws SQLException {
        connection.requireOpen();
        ProcedureCall call = ProcedureCall.executeSql(sql, List.of(values));
        return Lookup.of(connection.session(), (client, options) -> client.call(call, options));
    }

    private static Parameter text(String name, String value) {
        return Parameter.in(name, TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), value);
    }

    /** Leaves out what is not restricted, so that the procedure's own default applies. */
    private static void add(List<Parameter> parameters, String name, String value) {
        if (value != null) {
            parameters.add(text(name, value));
        }
    }

    private static void add(List<Parameter> parameters, String name, int value) {
        parameters.add(Parameter.in(name, TypeInfo.integer(), value));
    }

    /** JDBC's escape becomes a character class; a bracket, which JDBC takes as it stands, too. */
    static String pattern(String pattern) {
        if (pattern == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(pattern.length() + 8);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                out.append('[').append(pattern.charAt(++i)).append(']');
            } else if (c == '[') {
                out.append("[[]");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public ResultSet getTables(String catalog, String schemaPattern, String tableNamePattern, String[] types)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", pattern(tableNamePattern));
        add(parameters, "@table_owner", pattern(schemaPattern));
        if (types != null) {
            StringBuilder list = new StringBuilder();
            for (String type : types) {
                list.append(list.length() == 0 ? "'" : ",'")
                        .append(type.replace("'", "''"))
                        .append('\'');
            }
            add(parameters, "@table_type", list.toString());
        }
        return MetaDataShapes.tables()
                .apply(call("sp_tables", catalog, parameters), "TABLE_TYPE", "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME");
    }

    @Override
    public ResultSet getColumns(String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", tableNamePattern == null ? "%" : pattern(tableNamePattern));
        add(parameters, "@table_owner", pattern(schemaPattern));
        add(parameters, "@column_name", pattern(columnNamePattern));
        add(parameters, "@ODBCVer", 3);
        return MetaDataShapes.columns()
                .apply(
                        call("sp_columns_100", catalog, parameters),
                        "TABLE_CAT",
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "ORDINAL_POSITION");
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table) throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", table);
        add(parameters, "@table_owner", schema);
        return MetaDataShapes.primaryKeys().apply(call("sp_pkeys", catalog, parameters), "COLUMN_NAME");
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table) throws SQLException {
        return getCrossReference(catalog, null, null, catalog, schema, table);
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table) throws SQLException {
        return getCrossReference(catalog, schema, table, catalog, null, null);
    }

    @Override
    public ResultSet getCrossReference(
            String parentCatalog,
            String parentSchema,
            String parentTable,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@pktable_name", parentTable);
        add(parameters, "@pktable_owner", parentSchema);
        add(parameters, "@fktable_name", foreignTable);
        add(parameters, "@fktable_owner", foreignSchema);
        String other = parentTable == null ? "PKTABLE_" : "FKTABLE_";
        return MetaDataShapes.foreignKeys()
                .apply(
                        call("sp_fkeys", parentCatalog, parameters),
                        other + "CAT",
                        other + "SCHEM",
                        other + "NAME",
                        "FK_NAME",
                        "KEY_SEQ");
    }

    @Override
    public ResultSet getIndexInfo(String catalog, String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", table);
        add(parameters, "@table_owner", schema);
        add(parameters, "@is_unique", unique ? "Y" : "N");
        add(parameters, "@accuracy", approximate ? "Q" : "E");
        return MetaDataShapes.indexes()
                .apply(
                        call("sp_statistics_100", catalog, parameters),
                        "NON_UNIQUE",
                        "TYPE",
                        "INDEX_NAME",
                        "ORDINAL_POSITION");
    }

    @Override
    public ResultSet getBestRowIdentifier(String catalog, String schema, String table, int scope, boolean nullable)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", table);
        add(parameters, "@table_owner", schema);
        add(parameters, "@col_type", "R");
        add(parameters, "@scope", scope == bestRowTemporary ? "C" : "T");
        add(parameters, "@nullable", nullable ? "U" : "O");
        add(parameters, "@ODBCVer", 3);
        return MetaDataShapes.specialColumns().apply(call("sp_special_columns_100", catalog, parameters), "SCOPE");
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", table);
        add(parameters, "@table_owner", schema);
        add(parameters, "@col_type", "V");
        add(parameters, "@ODBCVer", 3);
        return MetaDataShapes.specialColumns().apply(call("sp_special_columns_100", catalog, parameters));
    }

    @Override
    public ResultSet getProcedures(String catalog, String schemaPattern, String procedureNamePattern)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@sp_name", pattern(procedureNamePattern));
        add(parameters, "@sp_owner", pattern(schemaPattern));
        return MetaDataShapes.procedures()
                .apply(
                        call("sp_stored_procedures", catalog, parameters),
                        "PROCEDURE_CAT",
                        "PROCEDURE_SCHEM",
                        "PROCEDURE_NAME");
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemaPattern, String procedureNamePattern, String columnNamePattern)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@procedure_name", procedureNamePattern == null ? "%" : pattern(procedureNamePattern));
        add(parameters, "@procedure_owner", pattern(schemaPattern));
        add(parameters, "@column_name", pattern(columnNamePattern));
        add(parameters, "@ODBCVer", 3);
        return MetaDataShapes.procedureColumns().apply(call("sp_sproc_columns_100", catalog, parameters));
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemaPattern, String functionNamePattern)
            throws SQLException {
        Lookup answer = query(
                "SELECT s.name AS FUNCTION_SCHEM, o.name AS FUNCTION_NAME, o.type AS KIND FROM sys.objects o JOIN"
                        + " sys.schemas s ON s.schema_id = o.schema_id WHERE o.type IN ('FN', 'IF', 'TF', 'FS', 'FT') AND"
                        + " s.name LIKE @s AND o.name LIKE @n",
                text("@s", schemaPattern == null ? "%" : pattern(schemaPattern)),
                text("@n", functionNamePattern == null ? "%" : pattern(functionNamePattern)));
        String database = connection.getCatalog();
        return new MetaDataShape()
                .text("FUNCTION_CAT", (rows, row) -> database)
                .text("FUNCTION_SCHEM")
                .text("FUNCTION_NAME")
                .nothing("REMARKS")
                .number(
                        "FUNCTION_TYPE",
                        (rows, row) -> rows.value(row, "KIND").toString().trim().matches("FN|FS")
                                ? functionNoTable
                                : functionReturnsTable)
                .text("SPECIFIC_NAME", "FUNCTION_NAME")
                .apply(answer, "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME");
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemaPattern, String tableNamePattern)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", tableNamePattern == null ? "%" : pattern(tableNamePattern));
        add(parameters, "@table_owner", pattern(schemaPattern));
        return MetaDataShapes.tablePrivileges()
                .apply(
                        call("sp_table_privileges", catalog, parameters),
                        "TABLE_CAT",
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "PRIVILEGE");
    }

    @Override
    public ResultSet getColumnPrivileges(String catalog, String schema, String table, String columnNamePattern)
            throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, "@table_name", table);
        add(parameters, "@table_owner", schema);
        add(parameters, "@column_name", pattern(columnNamePattern));
        return MetaDataShapes.columnPrivileges()
                .apply(call("sp_column_privileges", catalog, parameters), "COLUMN_NAME", "PRIVILEGE");
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(String catalog, String schemaPattern) throws SQLException {
        boolean elsewhere = catalog != null && !catalog.equalsIgnoreCase(connection.getCatalog());
        String database = elsewhere ? catalog : connection.getCatalog();
        String from = elsewhere ? TableName.quote(catalog) + ".sys.schemas" : "sys.schemas";
        Lookup answer = query(
                "SELECT name AS TABLE_SCHEM FROM " + from + " WHERE name LIKE @n",
                text("@n", schemaPattern == null ? "%" : pattern(schemaPattern)));
        return new MetaDataShape()
                .text("TABLE_SCHEM")
                .text("TABLE_CATALOG", (rows, row) -> database)
                .apply(answer, "TABLE_CATALOG", "TABLE_SCHEM");
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        connection.requireOpen();
        Lookup answer = Lookup.of(
                connection.session(),
                (client, options) -> client.execute("SELECT name AS TABLE_CAT FROM sys.databases", options));
        return new MetaDataShape().text("TABLE_CAT").apply(answer, "TABLE_CAT");
    }

    @Override
    public Connection getConnection() throws SQLException {
        connection.requireOpen();
        return connection;
    }

    @Override
    public String getURL() throws SQLException {
        connection.requireOpen();
        return connection.url();
    }

    @Override
    public String getUserName() throws SQLException {
        connection.requireOpen();
        return connection.session().client().settings().get(ConnectionProperty.USER);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        connection.requireOpen();
        return false;
    }

    @Override
    public String getDatabaseProductName() {
        return server.programName();
    }

    @Override
    public String getDatabaseProductVersion() {
        return server.version();
    }

    @Override
    public int getDatabaseMajorVersion() {
        return server.majorVersion();
    }

    @Override
    public int getDatabaseMinorVersion() {
        return server.minorVersion();
    }
}
