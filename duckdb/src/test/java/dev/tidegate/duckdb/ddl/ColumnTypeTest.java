package dev.tidegate.duckdb.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BOOLEAN                  | bit               | BOOLEAN
            bit                      | bit               | BOOLEAN
            utinyint                 | tinyint           | UTINYINT
            TINYINT                  | smallint          | SMALLINT
            SMALLINT                 | smallint          | SMALLINT
            INT                      | int               | INTEGER
            USMALLINT                | int               | INTEGER
            BIGINT                   | bigint            | BIGINT
            UINTEGER                 | bigint            | BIGINT
            UBIGINT                  | decimal(20,0)     | DECIMAL(20,0)
            HUGEINT                  | decimal(38,0)     | DECIMAL(38,0)
            FLOAT                    | real              | FLOAT
            FLOAT(53)                | float             | DOUBLE
            double precision         | float             | DOUBLE
            DECIMAL                  | decimal(18,3)     | DECIMAL(18,3)
            numeric(9)               | decimal(9,0)      | DECIMAL(9,0)
            DECIMAL(38, 10)          | decimal(38,10)    | DECIMAL(38,10)
            money                    | money             | DECIMAL(19,4)
            smallmoney               | smallmoney        | DECIMAL(10,4)
            VARCHAR                  | nvarchar(max)     | VARCHAR
            VARCHAR(30)              | nvarchar(30)      | VARCHAR
            VARCHAR(4001)            | nvarchar(max)     | VARCHAR
            CHAR(3)                  | nvarchar(3)       | VARCHAR
            nchar(3)                 | nchar(3)          | VARCHAR
            nvarchar(max)            | nvarchar(max)     | VARCHAR
            JSON                     | nvarchar(max)     | VARCHAR
            BLOB                     | varbinary(max)    | BLOB
            VARBINARY(16)            | varbinary(16)     | BLOB
            binary(16)               | binary(16)        | BLOB
            UUID                     | uniqueidentifier  | UUID
            uniqueidentifier         | uniqueidentifier  | UUID
            DATE                     | date              | DATE
            TIME                     | time(6)           | TIME
            time(7)                  | time(7)           | TIME_NS
            TIMESTAMP                | datetime2(6)      | TIMESTAMP
            DATETIME                 | datetime2(6)      | TIMESTAMP
            TIMESTAMP(3)             | datetime2(3)      | TIMESTAMP
            TIMESTAMP_S              | datetime2(0)      | TIMESTAMP
            TIMESTAMP_NS             | datetime2(7)      | TIMESTAMP_NS
            TIMESTAMP WITH TIME ZONE | datetimeoffset(6) | TIMESTAMP WITH TIME ZONE
            datetimeoffset(7)        | datetimeoffset(7) | TIMESTAMP WITH TIME ZONE
            smalldatetime            | smalldatetime     | TIMESTAMP
            xml                      | xml               | VARCHAR
            """)
    void aNameOfEitherSideIsAType(String written, String sql, String duckdb) throws SQLException {
        assertThat(ColumnType.of("c", written, false)).isEqualTo(new ColumnType(sql, duckdb));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VARCHAR     | nvarchar(450)
            TEXT        | nvarchar(450)
            VARCHAR(20) | nvarchar(20)
            BLOB        | varbinary(900)
            INTEGER     | int
            """)
    void whatAnIndexIsOnHasALength(String written, String sql) throws SQLException {
        assertThat(ColumnType.of("c", written, true).sql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INTEGER[]",
                "INTEGER[3]",
                "STRUCT(a INTEGER)",
                "MAP(INTEGER, VARCHAR)",
                "INTERVAL",
                "NONSENSE",
                "VARCHAR(0)",
                "VARCHAR(x)",
                "VARCHAR(1, 2)",
                "DECIMAL(39, 0)",
                "DECIMAL(5, 6)",
                "BLOB(3)",
                "INTEGER)",
                "INTEGER()",
                "time(8)",
                "main.mood",
            })
    void everythingElseIsRefusedByName(String written) {
        assertThatThrownBy(() -> ColumnType.of("c", written, false))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("column \"c\"")
                .hasMessageContaining(written);
    }
}
