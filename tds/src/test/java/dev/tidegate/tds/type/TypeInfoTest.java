package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types as T-SQL writes them, and what older peers get. */
class TypeInfoTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bit",
                "tinyint",
                "smallint",
                "int",
                "bigint",
                "real",
                "float",
                "decimal(12,4)",
                "decimal(38,38)",
                "numeric(1,0)",
                "money",
                "smallmoney",
                "date",
                "time(0)",
                "time(7)",
                "smalldatetime",
                "datetime",
                "datetime2(3)",
                "datetimeoffset(7)",
                "char(1)",
                "char(8000)",
                "varchar(50)",
                "varchar(max)",
                "nchar(10)",
                "nvarchar(4000)",
                "nvarchar(max)",
                "binary(8)",
                "varbinary(8000)",
                "varbinary(max)",
                "uniqueidentifier",
                "xml",
                "json",
                "sql_variant",
                "text",
                "ntext",
                "image",
                "vector(3)",
                "vector(1998)",
                "vector(3996,float16)"
            })
    void aTypeIsWrittenAsItIsRead(String sql) {
        assertThat(TypeInfo.ofSql(sql).toSql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " NVarChar ( 50 ) | nvarchar(50)",
                "[decimal](12 , 4) | decimal(12,4)",
                "decimal | decimal(18,0)",
                "dec(5) | decimal(5,0)",
                "numeric | numeric(18,0)",
                "integer | int",
                "double precision | float",
                "float(24) | real",
                "float(25) | float",
                "datetime2 | datetime2(7)",
                "time | time(7)",
                "datetimeoffset | datetimeoffset(7)",
                "varchar(MAX) | varchar(max)",
                "varchar | varchar(1)",
                "character varying(9) | varchar(9)",
                "national character varying(9) | nvarchar(9)",
                "binary | binary(1)",
                "sysname | nvarchar(128)",
                "rowversion | binary(8)",
                "timestamp | binary(8)",
                "hierarchyid | [sys].[hierarchyid]",
                "geography | [sys].[geography]",
                "vector(3, FLOAT32) | vector(3)"
            })
    void synonymsAndDefaultsAreKnown(String written, String meant) {
        assertThat(TypeInfo.ofSql(written).toSql()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nvarchar(",
                "nvarchar(0)",
                "nvarchar(4001)",
                "varchar(8001)",
                "char(max)",
                "decimal(39,0)",
                "decimal(5,6)",
                "decimal(max)",
                "time(8)",
                "float(54)",
                "float(0)",
                "int(4)",
                "varchar(5,5)",
                "blob",
                "vector",
                "vector(0)",
                "vector(1999)",
                "vector(3,float64)",
                "varchar(99999999999)",
                "varchar(x)",
                "nvarchar(50) null",
                "money(5)"
            })
    void whatIsNoTypeIsRefusedByName(String sql) {
        assertThatThrownBy(() -> TypeInfo.ofSql(sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + sql + "' is not a type: ");
    }

    @Test
    void theCollationGivenIsThatOfTheType() {
        assertThat(TypeInfo.ofSql("varchar(5)", Collation.UTF8).collation()).isEqualTo(Collation.UTF8);
        assertThat(TypeInfo.ofSql("int", Collation.UTF8).collation()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "varchar(max), text",
        "nvarchar(max), ntext",
        "varbinary(max), image",
        "xml, ntext",
        "geography, image",
        "json, ntext",
        "vector(3), ntext",
        "date, nvarchar(10)",
        "time(3), nvarchar(16)",
        "datetime2(3), nvarchar(27)",
        "datetimeoffset(3), nvarchar(34)",
        "varchar(8000), varchar(8000)",
        "sql_variant, sql_variant",
        "datetime, datetime"
    })
    void anOldPeerGetsWhatItKnows(String sql, String instead) {
        TypeInfo type = TypeInfo.ofSql(sql);
        assertThat(type.forVersion(TdsVersion.V7_1).toSql()).isEqualTo(instead);
        assertThat(type.forVersion(TdsVersion.V7_4)).isEqualTo(type);
        assertThat(type.existsIn(TdsVersion.V7_1)).isEqualTo(sql.equals(instead));
    }

    @Test
    void onlyWhatIsBetweenVersionsChanges() {
        assertThat(TypeInfo.ofSql("varchar(max)").forVersion(TdsVersion.V7_2).toSql())
                .isEqualTo("varchar(max)");
        assertThat(TypeInfo.date().forVersion(TdsVersion.V7_2).toSql()).isEqualTo("nvarchar(10)");
        assertThat(TypeInfo.json().forVersion(TdsVersion.V7_3B).toSql()).isEqualTo("nvarchar(max)");
    }
}
