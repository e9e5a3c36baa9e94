package dev.tidegate.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((1.5))",
                "(-.5)",
                "(N'a.b(c)')",
                "(getdate())",
                "(newid())",
                "([n]>(0) AND [a.b]<(10.25))",
                "(CONVERT([decimal](5,2),(1)))",
                "(isnull(/* dbo.f() */ [n],(0))>(1))"
            })
    void constantsColumnsAndBuiltInFunctionsReadNoTable(String text) {
        assertThat(Definition.readsNoTable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "([dbo].[next]())",
                "(dbo . next ([n])=(1))",
                "(NEXT VALUE FOR [dbo].[s])",
                "([x].value('(/a)[1]','int')>(0))",
                "([g].[Lat]>(0))",
                "(exists (select 1))"
            })
    void whatHasASchemaOrAQueryMay(String text) {
        assertThat(Definition.readsNoTable(text)).isFalse();
    }
}
