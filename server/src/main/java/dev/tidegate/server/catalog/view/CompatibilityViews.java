package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;

/** The system tables of the first versions, still asked for by old tools. */
public final class CompatibilityViews {
    private CompatibilityViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys(
                        "sysobjects",
                        "name sysname, id int, xtype char(2), uid smallint null, info smallint null, status int null,"
                            + " base_schema_ver int null, replinfo int null, parent_obj int, crdate datetime, ftcatid"
                            + " smallint null, schema_ver int null, stats_schema_ver int null, type char(2) null,"
                            + " userstat smallint null, sysstat smallint null, indexdel smallint null, refdate"
                            + " datetime, version int null, deltrig int null, instrig int null, updtrig int null,"
                            + " seltrig int null, category int null, cache smallint null",
                        CompatibilityViews::objects),
                SystemView.sys(
                        "syscolumns",
                        "name sysname null, id int, xtype tinyint, typestat tinyint null, xusertype smallint null,"
                            + " length smallint, xprec tinyint null, xscale tinyint null, colid smallint null, xoffset"
                            + " smallint null, bitpos tinyint null, reserved tinyint null, colstat smallint null,"
                            + " cdefault int null, domain int null, number smallint null, colorder smallint null,"
                            + " autoval varbinary(8000) null, offset smallint null, collationid int null, status"
                            + " tinyint null, type tinyint null, usertype smallint null, printfmt varchar(255) null,"
                            + " prec smallint null, scale int null, iscomputed int null, isoutparam int null,"
                            + " isnullable int null, collation sysname null",
                        CompatibilityViews::columns),
                SystemView.sys(
                        "sysindexes",
                        "id int, status int null, indid smallint null, name sysname null, rowcnt bigint null, rows int"
                                + " null, keycnt smallint null, used int null, dpages int null",
                        CompatibilityViews::indexes),
                SystemView.sys(
                        "sysindexkeys",
                        "id int, indid smallint, colid smallint, keyno smallint",
                        CompatibilityViews::indexKeys),
                SystemView.sys(
                        "sysforeignkeys",
                        "constid int, fkeyid int, rkeyid int, fkey smallint, rkey smallint, keyno smallint",
                        CompatibilityViews::foreignKeys),
                SystemView.empty(
                        "syscomments",
                        "id int, number smallint null, colid smallint, status smallint, text nvarchar(4000) null"));
    }

    private static void objects(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            object(
                    out,
                    table.name(),
                    table.objectId(),
                    table.isView() ? "V" : "U",
                    table.schema().id(),
                    0);
            for (ConstraintEntry constraint : catalog.snapshot().constraints(table)) {
                object(
                        out,
                        constraint.name(),
                        constraint.objectId(),
                        ObjectViews.type(constraint),
                        table.schema().id(),
                        table.objectId());
            }
            for (ColumnEntry column : table.columns()) {
                if (column.defaultValue() != null) {
                    object(
                            out,
                            column.defaultValue().name(),
                            column.defaultValue().objectId(),
                            "D",
                            table.schema().id(),
                            table.objectId());
                }
            }
        }
    }

    private static void object(RowSink out, String name, int id, String xtype, int schema, int parent) {
        // Keys were one kind of object then, whatever they are called now.
        String type = xtype.equals("PK") || xtype.equals("UQ") ? "K" : xtype;
        out.add(
                name,
                id,
                xtype,
                schema,
                0,
                0,
                0,
                0,
                parent,
                Catalog.CREATED,
                0,
                0,
                0,
                type,
                0,
                0,
                0,
                Catalog.CREATED,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    private static void columns(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ColumnEntry column : table.columns()) {
                SqlType type = column.type();
                int typeId = TypeFacts.systemTypeId(type.kind());
                Integer characters = TypeFacts.characterLength(type);
                out.add(
                        column.name(),
                        table.objectId(),
                        typeId,
                        0,
                        typeId,
                        TypeFacts.maxLength(type),
                        TypeFacts.precision(type),
                        TypeFacts.scale(type),
                        column.id(),
                        0,
                        0,
                        0,
                        column.identity() == null ? 0 : 1,
                        column.defaultValue() == null
                                ? 0
                                : column.defaultValue().objectId(),
                        0,
                        0,
                        column.id(),
                        null,
                        0,
                        null,
                        column.identity() == null ? column.nullable() ? 8 : 0 : 128,
                        OldTypeNumbers.type(type.kind()),
                        OldTypeNumbers.userType(type.kind()),
                        null,
                        characters == null ? TypeFacts.precision(type) : (int) characters.shortValue(),
                        TypeFacts.scale(type),
                        column.computedText() == null ? 0 : 1,
                        0,
                        column.nullable() ? 1 : 0,
                        TypeFacts.collation(type));
            }
        }
    }

    private static void indexes(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (IndexEntry index : catalog.snapshot().indexes(table)) {
                long rows = table.rowCount(catalog.session());
                int status = (index.unique() ? 2 : 0)
                        + (index.id() == 1 ? 16 : 0)
                        + (index.primaryKey() ? 2048 : 0)
                        + (index.uniqueConstraint() ? 4096 : 0);
                out.add(
                        table.objectId(),
                        status,
                        index.id(),
                        index.name(),
                        rows,
                        (int) Math.min(rows, Integer.MAX_VALUE),
                        index.parts().size(),
                        0,
                        0);
            }
        }
    }

    private static void indexKeys(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (IndexEntry index : catalog.snapshot().indexes(table)) {
                int ordinal = 0;
                for (IndexEntry.Part part : index.parts()) {
                    out.add(table.objectId(), index.id(), part.column().id(), ++ordinal);
                }
            }
        }
    }

    private static void foreignKeys(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ConstraintEntry.ForeignKey key :
                    catalog.snapshot().constraints(table, ConstraintEntry.ForeignKey.class)) {
                for (int i = 0; i < key.columns().size(); i++) {
                    out.add(
                            key.objectId(),
                            table.objectId(),
                            key.referencedTable().objectId(),
                            key.columns().get(i).id(),
                            key.referenced().get(i).id(),
                            i + 1);
                }
            }
        }
    }
}
