package dev.tidegate.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.tsql.function.FunctionContext;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFunctionsTest {
    /** The functions here ask nothing of it. */
    private static final FunctionContext NONE = new FunctionContext() {
        @Override
        public String convert(Operand operand, SqlType target) {
            throw new AssertionError();
        }

        @Override
        public Operand value(Object value, SqlType type) {
            throw new AssertionError();
        }

        @Override
        public String database() {
            return "demo";
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "OBJECT_NAME; OBJECT_ID('dbo.customer'); customer",
                "OBJECT_NAME; OBJECT_ID('[demo].[dbo].[CUSTOMER]'); customer",
                "OBJECT_NAME; OBJECT_ID('sales.\"order\"'); order",
                "OBJECT_NAME; OBJECT_ID('customer', 'V'); null",
                "OBJECT_NAME; OBJECT_ID('rich', 'V '); rich",
                "OBJECT_NAME; OBJECT_ID('PK_customer'); PK_customer",
                "OBJECT_NAME; OBJECT_ID('DF_balance'); DF_balance",
                "OBJECT_ID; 'nope'; null",
                "OBJECT_ID; 'other.dbo.customer'; null",
                "OBJECT_SCHEMA_NAME; OBJECT_ID('sales.order'); sales",
                "SCHEMA_NAME; 1; dbo",
                "SCHEMA_NAME; ; dbo",
                "SCHEMA_NAME; SCHEMA_ID('sales'); sales",
                "SCHEMA_ID; 'nope'; null",
                "COL_LENGTH; 'dbo.customer', 'name'; 100",
                "COL_LENGTH; 'customer', 'note'; -1",
                "COL_LENGTH; 'customer', 'nope'; null",
                "COL_NAME; OBJECT_ID('customer'), 2; code",
                "COLUMNPROPERTY; OBJECT_ID('customer'), 'id', 'IsIdentity'; 1",
                "COLUMNPROPERTY; OBJECT_ID('customer'), 'name', 'AllowsNull'; 1",
                "COLUMNPROPERTY; OBJECT_ID('customer'), 'name', 'CharMaxLen'; 50",
                "OBJECTPROPERTY; OBJECT_ID('customer'), 'IsUserTable'; 1",
                "OBJECTPROPERTY; OBJECT_ID('customer'), 'TableHasIdentity'; 1",
                "OBJECTPROPERTY; OBJECT_ID('sales.order'), 'TableHasIdentity'; 0",
                "OBJECTPROPERTY; OBJECT_ID('rich'), 'IsView'; 1",
                "OBJECTPROPERTY; OBJECT_ID('PK_customer'), 'IsPrimaryKey'; 1",
                "INDEXPROPERTY; OBJECT_ID('customer'), 'UQ_customer_code', 'IsUnique'; 1",
                "INDEXPROPERTY; OBJECT_ID('customer'), 'UQ_customer_code', 'IsClustered'; 0",
                "INDEX_COL; 'sales.order', 1, 2; line",
                "IDENT_SEED; 'customer'; 10",
                "IDENT_INCR; 'customer'; 5",
                "IDENT_CURRENT; 'customer'; 15",
                "IDENT_CURRENT; 'sales.order'; null",
                "TYPE_NAME; 231; nvarchar",
                "TYPE_NAME; 256; sysname",
                "TYPE_ID; 'dbo.int'; 56",
                "TYPEPROPERTY; 'decimal', 'Precision'; 38",
                "DB_NAME; ; demo",
                "DB_NAME; 2; master",
                "DB_ID; 'TEMPDB'; 3",
                "DB_ID; 'nope'; null",
                "HAS_DBACCESS; 'demo'; 1",
                "SUSER_NAME; ; sa",
                "HOST_NAME; ; host1",
                "APP_NAME; ; app1",
                "USER_NAME; ; dbo",
                "IS_MEMBER; 'db_owner'; 1",
                "IS_SRVROLEMEMBER; 'sysadmin'; 1",
                "IS_SRVROLEMEMBER; 'nope'; null",
                "HAS_PERMS_BY_NAME; null, null, 'VIEW ANY DATABASE'; 1",
                "COLLATIONPROPERTY; 'SQL_Latin1_General_CP1_CI_AS', 'CodePage'; 1252"
            })
    void tellsWhatIsThere(String function, String arguments, String expected) throws Exception {
        try (CatalogFixture fixture = new CatalogFixture().withTables()) {
            assertThat(fixture.rows("SELECT " + call(function, arguments))).containsExactly(expected);
        }
    }

    /** Inner calls become H2's too. */
    private static String call(String function, String arguments) throws Exception {
        String inner = arguments == null ? "" : arguments.replaceAll("\\b(OBJECT_ID|SCHEMA_ID)\\(", "TIDEGATE.\"$1\"(");
        List<Operand> operands = arguments == null
                ? List.of()
                : Arrays.stream(inner.split(",(?![^(]*\\))"))
                        .map(text -> Operand.of(text.strip(), SqlType.SYSNAME))
                        .toList();
        return CatalogFunctions.all()
                .get(function)
                .call(function, operands, NONE)
                .sql();
    }
}
