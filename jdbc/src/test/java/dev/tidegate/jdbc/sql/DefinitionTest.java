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
                "([rand]>(0) AND [next]<(5))",
                "(N'@@rowcount rand()')",
                "(newid())",
                "([n]>(0) AND [a.b]<(10.25))",
                "(CONVERT([decimal](5,2),(1)))",
                "(isnull(/* dbo.f() */ [n],(0))>(1))"
            })
    void constantsColumnsAndMostBuiltInFunctionsDoNot(String text) {
        assertThat(Definition.dependsOnNoOtherRow(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "([dbo].[next]())",
                "(dbo . next ([n])=(1))",
                "(NEXT VALUE FOR [dbo].[s])",
                "([x].value('(/a)[1]','int')>(0))",
                "([g].[Lat]>(0))",
                "((geometry::Parse('POINT(1 1)')).STX)",
                "([dbo].next())",
                "(dbo..next())",
                "(min_active_rowversion())",
                "(NEXT VALUE FOR [s])",
                "(rand())",
                "(CONVERT([int],Rand()*(100)))",
                "(@@identity)",
                "(@@TRANCOUNT)",
                "(ident_current('t'))",
                "(scope_identity())",
                "(rowcount_big())",
                "(xact_state())",
                "(current_transaction_id())",
                "(exists (select 1))"
            })
    void whatHasASchemaOrAQueryOrIsOfTheStatementMay(String text) {
        assertThat(Definition.dependsOnNoOtherRow(text)).isFalse();
    }
}
