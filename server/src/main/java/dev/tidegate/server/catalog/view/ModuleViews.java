package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.model.TableEntry;
import java.util.List;

/** Views of what has a text (only views have one here), and of kinds of objects that this server does not have. */
public final class ModuleViews {
    private static final String OBJECT = "name sysname, object_id int, principal_id int null, schema_id int,"
            + " parent_object_id int, type char(2), type_desc nvarchar(60) null, create_date datetime, modify_date"
            + " datetime, is_ms_shipped bit, is_published bit, is_schema_published bit";

    private ModuleViews() {}

    public static List<SystemView> all() {
        String modules = "object_id int, definition nvarchar(max) null, uses_ansi_nulls bit null, "
                + "uses_quoted_identifier bit null, is_schema_bound bit null, uses_database_collation bit null, "
                + "is_recompiled bit null, null_on_null_input bit null, execute_as_principal_id int null, "
                + "uses_native_compilation bit null, inline_type bit null, is_inlineable bit null";
        SystemView.RowSource texts = (catalog, out) -> {
            for (TableEntry table : catalog.snapshot().tables()) {
                if (table.isView()) {
                    out.add(
                            table.objectId(),
                            table.definition(),
                            true,
                            true,
                            false,
                            false,
                            false,
                            false,
                            null,
                            false,
                            false,
                            false);
                }
            }
        };
        return List.of(
                SystemView.sys("sql_modules", modules, texts),
                SystemView.sys("all_sql_modules", modules, texts),
                SystemView.empty(
                        "procedures",
                        OBJECT + ", is_auto_executed bit, is_execution_replicated bit null, "
                                + "is_repl_serializable_only bit null, skips_repl_constraints bit null"),
                SystemView.empty("synonyms", OBJECT + ", base_object_name nvarchar(1035) null"),
                SystemView.empty(
                        "triggers",
                        "name sysname, object_id int, parent_class tinyint, parent_class_desc nvarchar(60) null,"
                            + " parent_id int, type char(2), type_desc nvarchar(60) null, create_date datetime,"
                            + " modify_date datetime, is_ms_shipped bit, is_disabled bit, is_not_for_replication bit,"
                            + " is_instead_of_trigger bit"),
                SystemView.empty("parameters", parameters()),
                SystemView.empty("all_parameters", parameters()),
                SystemView.empty(
                        "extended_properties",
                        "class tinyint, class_desc nvarchar(60) null, major_id int, minor_id int, name sysname, "
                                + "value sql_variant null"),
                SystemView.empty(
                        "sql_expression_dependencies",
                        "referencing_id int, referencing_minor_id int, referencing_class tinyint null,"
                                + " referenced_schema_name sysname null, referenced_entity_name sysname null,"
                                + " referenced_id int null"),
                SystemView.empty("assemblies", "name sysname, principal_id int null, assembly_id int"),
                SystemView.empty(
                        "fulltext_indexes",
                        "object_id int, unique_index_id int, fulltext_catalog_id int null, is_enabled bit"),
                SystemView.empty("external_tables", "name sysname, object_id int, schema_id int"),
                SystemView.empty(
                        "xml_schema_collections",
                        "xml_collection_id int, schema_id int, principal_id int null, name sysname, create_date"
                                + " datetime, modify_date datetime"));
    }

    private static String parameters() {
        return "object_id int, name sysname null, parameter_id int, system_type_id tinyint, user_type_id int, "
                + "max_length smallint, precision tinyint, scale tinyint, is_output bit, is_cursor_ref bit, "
                + "has_default_value bit, is_xml_document bit, default_value sql_variant null, xml_collection_id int, "
                + "is_readonly bit, is_nullable bit null";
    }
}
