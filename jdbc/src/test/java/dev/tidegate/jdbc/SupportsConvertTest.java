package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.jdbc.sql.CastType;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which conversions DatabaseMetaData tells of, against what a server does with the escape and what SQL Server is known to refuse. */
class SupportsConvertTest extends OnEmbeddedServer {
    /** Types whose columns have another type on the server than the one that the escape converts to. */
    private static final Map<CastType, String> COLUMN_TYPES = Map.of(
            CastType.LONGVARCHAR, "text",
            CastType.LONGNVARCHAR, "ntext",
            CastType.LONGVARBINARY, "image");

    @Test
    void whatIsToldTheServerDoes() throws SQLException {
        DatabaseMetaData told = connection().getMetaData();
        try (Statement statement = connection().createStatement()) {
            for (CastType from : CastType.values()) {
                String source = COLUMN_TYPES.getOrDefault(from, from.serverType());
                for (CastType to : CastType.values()) {
                    String sql = "SELECT {fn CONVERT(CAST(NULL AS " + source + "), SQL_" + to + ")}";
                    if (told.supportsConvert(from.jdbcType(), to.jdbcType())) {
                        assertThat(statement.execute(sql)).as(sql).isTrue();
                    }
                }
            }
        }
    }

    /** The empty cells of SQL Server's table of conversions, with all types of a kind in one word. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC | DATE TIME TIMESTAMP TIMESTAMP_WITH_TIMEZONE SQLXML",
                "REAL FLOAT DOUBLE | DATE TIME TIMESTAMP TIMESTAMP_WITH_TIMEZONE SQLXML",
                "CHAR VARCHAR CLOB NCHAR NVARCHAR NCLOB | ''",
                "LONGVARCHAR LONGNVARCHAR | BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC REAL FLOAT DOUBLE BINARY"
                        + " VARBINARY LONGVARBINARY BLOB DATE TIME TIMESTAMP TIMESTAMP_WITH_TIMEZONE SQLXML",
                "BINARY VARBINARY BLOB | REAL FLOAT DOUBLE",
                "LONGVARBINARY | BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC REAL FLOAT DOUBLE CHAR VARCHAR"
                        + " LONGVARCHAR CLOB NCHAR NVARCHAR LONGNVARCHAR NCLOB DATE TIME TIMESTAMP TIMESTAMP_WITH_TIMEZONE SQLXML",
                "DATE | BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC REAL FLOAT DOUBLE TIME SQLXML",
                "TIME | BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC REAL FLOAT DOUBLE DATE SQLXML",
                "TIMESTAMP TIMESTAMP_WITH_TIMEZONE | BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC REAL FLOAT DOUBLE"
                        + " SQLXML",
                "SQLXML | BIT BOOLEAN TINYINT SMALLINT INTEGER BIGINT DECIMAL NUMERIC REAL FLOAT DOUBLE DATE TIME TIMESTAMP"
                        + " TIMESTAMP_WITH_TIMEZONE",
            })
    void whatSqlServerRefusesIsNotTold(String sources, String refused) throws SQLException {
        DatabaseMetaData told = connection().getMetaData();
        for (String from : sources.split(" ")) {
            List<String> notTold = new ArrayList<>();
            for (CastType to : CastType.values()) {
                if (!told.supportsConvert(CastType.valueOf(from).jdbcType(), to.jdbcType())) {
                    notTold.add(to.name());
                }
            }
            assertThat(String.join(" ", notTold)).as(from).isEqualTo(refused);
        }
    }

    @Test
    void typesThatTheServerDoesNotHaveConvertToNothing() throws SQLException {
        DatabaseMetaData told = connection().getMetaData();
        assertThat(told.supportsConvert()).isTrue();
        for (int none :
                new int[] {Types.ARRAY, Types.STRUCT, Types.ROWID, Types.REF, Types.DATALINK, Types.OTHER, 12_345}) {
            assertThat(told.supportsConvert(none, Types.VARCHAR)).isFalse();
            assertThat(told.supportsConvert(Types.VARCHAR, none)).isFalse();
        }
    }
}
