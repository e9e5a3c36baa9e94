package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.column.Loss;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** The rows of docs/types.md are the cases of the tests that show them: neither has one that the other lacks. */
class TypesDocumentTest {
    private final TypesDocument document = new TypesDocument();

    @Test
    void everyServerTypeHasACaseWithTheDuckDbTypeOfItsRow() {
        List<String> cases = new ArrayList<>();
        Stream.concat(TypesFullPathTest.serverTypes().stream(), TypesFullPathTest.readOnlyTypes().stream())
                .map(Arguments::get)
                .forEach(one -> cases.add(one[0] + " " + TypesDocument.base((String) one[2])));
        for (List<String> row : document.rows("From SQL Server to DuckDB")) {
            // One of them stands for all.
            List<String> types = TypesDocument.names(row.get(0).replace("CLR types", "hierarchyid"));
            List<String> becomes = TypesDocument.names(row.get(1));
            for (int i = 0; i < types.size(); i++) {
                String duckDb = becomes.get(becomes.size() == types.size() ? i : 0);
                assertThat(cases)
                        .as("a case for " + types.get(i) + " as " + duckDb)
                        .anyMatch(TypesDocument.isCaseOf(types.get(i), " " + TypesDocument.base(duckDb)));
            }
        }
    }

    @Test
    void everyCaseOfAServerTypeHasARow() {
        List<String> documented = document.rows("From SQL Server to DuckDB").stream()
                .flatMap(row -> TypesDocument.names(row.getFirst().replace("CLR types", "hierarchyid")).stream())
                .map(TypesDocument::base)
                .toList();
        assertThat(documented)
                .containsAll(Stream.concat(
                                TypesFullPathTest.serverTypes().stream(), TypesFullPathTest.readOnlyTypes().stream())
                        .map(one -> TypesDocument.base((String) one.get()[0]))
                        .toList());
    }

    @Test
    void everyDuckDbTypeHasACaseWithTheServerTypeOfItsRow() throws SQLException {
        List<String> cases = new ArrayList<>();
        for (Arguments one : TypesFullPathTest.duckTypes()) {
            cases.add(TypesDocument.base(TypesDocument.duckDbType((String) one.get()[0])) + " "
                    + TypesDocument.base((String) one.get()[1]));
        }
        for (Arguments one : TypesFullPathTest.refusedTypes()) {
            cases.add(one.get()[0] + " –");
        }
        for (List<String> row : document.rows("From DuckDB to SQL Server")) {
            List<String> types = TypesDocument.names(row.get(0).replace(" and others", ""));
            List<String> becomes = TypesDocument.names(row.get(1));
            for (int i = 0; i < types.size(); i++) {
                String sqlType = becomes.get(becomes.size() == types.size() ? i : 0);
                assertThat(cases).contains(TypesDocument.base(types.get(i)) + " " + TypesDocument.base(sqlType));
            }
        }
    }

    @Test
    void everyTypeThatIsSpecialInFilesHasACaseForEachFormat() {
        List<String> cases = TextFilesTest.specialInFiles().stream()
                .map(Arguments::get)
                .map(one -> one[0] + " " + one[1])
                .toList();
        List<String> documented = new ArrayList<>();
        for (List<String> row : document.rowsOfFiles()) {
            for (String type : TypesDocument.names(row.getFirst().replaceAll(" with .*", "").replace(" or ", ", "))) {
                documented.add(TypesDocument.base(type));
                assertThat(cases).as(type).anyMatch(one -> one.startsWith(TypesDocument.base(type) + " "));
            }
            for (String format : List.of("parquet", "csv", "json")) {
                assertThat(TypesDocument.names(row.getFirst().replaceAll(" with .*", "").replace(" or ", ", ")))
                        .as("a case in " + format)
                        .anyMatch(type -> cases.contains(TypesDocument.base(type) + " " + format));
            }
        }
        assertThat(documented).containsAll(cases.stream().map(one -> one.replaceAll(" .*", "")).toList());
    }

    @Test
    void everyOptionExistsUnderItsNamesAndIsShown() {
        List<String> options = new ArrayList<>();
        for (List<String> row : document.rows("Types")) {
            String option = row.get(0).replace("`", "");
            assertThat(Loss.valueOf(row.get(1).replace("`", ""))).hasToString(option.toUpperCase(Locale.ROOT));
            options.add(option);
        }
        assertThat(options)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Loss.values())
                        .map(loss -> loss.name().toLowerCase(Locale.ROOT))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(TypesFullPathTest.losses().stream()
                        .map(one -> (String) one.get()[0])
                        .distinct()
                        .toList());
    }
}
