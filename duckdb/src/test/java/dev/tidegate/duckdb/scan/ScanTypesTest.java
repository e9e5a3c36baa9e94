package dev.tidegate.duckdb.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a scan's types before there is a scan is what the scan gives. */
class ScanTypesTest {
    static Stream<TypeInfo> types() {
        Stream<TypeInfo> byName = Stream.of(
                        "bit",
                        "tinyint",
                        "smallint",
                        "int",
                        "bigint",
                        "real",
                        "float",
                        "decimal(38,10)",
                        "numeric(5,0)",
                        "money",
                        "smallmoney",
                        "date",
                        "time(0)",
                        "time(7)",
                        "smalldatetime",
                        "datetime",
                        "datetime2(6)",
                        "datetime2(7)",
                        "datetimeoffset(3)",
                        "uniqueidentifier",
                        "char(3)",
                        "varchar(max)",
                        "nchar(3)",
                        "nvarchar(20)",
                        "text",
                        "ntext",
                        "xml",
                        "binary(4)",
                        "varbinary(max)",
                        "image",
                        "sql_variant")
                .map(TypeInfo::ofSql);
        TypeInfo.SchemaName point = new TypeInfo.SchemaName("db", "sys", "geometry", "Microsoft.SqlServer.Types");
        return Stream.concat(
                byName,
                Stream.of(
                        new TypeInfo(DataType.UDT, 892, 0, 0, null, point),
                        new TypeInfo(DataType.UDT, TypeInfo.PLP, 0, 0, null, point)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aTypeIsTheScans(TypeInfo type) throws SQLException {
        ScanSchema schema = ScanSchema.of(List.of(new Column("c", type, Column.NULLABLE)), Set.of());
        assertThat(ScanTypes.of(type)).isEqualTo(schema.duckdbType(0));
    }
}
