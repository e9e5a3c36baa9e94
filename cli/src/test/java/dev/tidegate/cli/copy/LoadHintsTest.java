package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.testkit.peer.MisheardBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a copy locks the table that it loads, by what keeps its rows and who else may want them. */
class LoadHintsTest extends OnEmbeddedServer {
    private final List<String> loads = new CopyOnWriteArrayList<>();

    @Override
    EmbeddedSqlServerBuilder prepared(EmbeddedSqlServerBuilder builder) {
        return builder.backend(new MisheardBackend(H2Backend.inMemory(List.of("shop")), sql -> {
            if (sql.startsWith("INSERT ")) {
                loads.add(sql);
            }
            return sql;
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "dbo.fresh, --create, true",
        "dbo.heap, --append, false",
        "dbo.heap, --append --table-lock, true",
        "dbo.heap, --truncate, true",
        "dbo.heap, --replace, true",
        "dbo.keyed, --truncate, false",
        "shop.dbo.keyed, --truncate, false",
        "dbo.keyed, --append, false",
        "dbo.keyed, --append --table-lock, true",
        "dbo.heap, --parallel 2 --append, false",
        "dbo.heap, --parallel 2 --truncate, true",
        "shop..heap, --parallel 2 --truncate, true",
        "dbo.keyed, --parallel 2 --truncate, false"
    })
    void theTableIsLockedWhereThatHelpsAndHarmsNobody(String table, String options, boolean locked) throws Exception {
        sql("CREATE TABLE dbo.heap (x int NULL); CREATE TABLE dbo.keyed (x int NOT NULL PRIMARY KEY CLUSTERED)");
        Path file = Files.write(directory().resolve("x.csv"), List.of("x", "1", "2", "3"));
        loads.clear();
        assertThat(run(("copy " + options + " " + file + " " + url(table)).split(" ")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        // Several sessions load under TABLOCK into a table beside, in any case; the last statement brings its rows here.
        assertThat(loads).isNotEmpty();
        assertThat(loads.getLast().matches("(?s).*WITH \\([^)]*TABLOCK.*")).as(loads.getLast()).isEqualTo(locked);
        loads.removeLast();
        assertThat(loads).allMatch(each -> each.contains("TABLOCK"));
        assertThat(sql("SELECT COUNT(*) FROM " + table)).containsExactly("3");
    }

    @Test
    void theOrderOfTheRowsIsToldToTheServer() throws Exception {
        sql("CREATE TABLE dbo.keyed (x int NOT NULL, y int NOT NULL, PRIMARY KEY CLUSTERED (x, y DESC))");
        Path file = Files.write(directory().resolve("x.csv"), List.of("x,y", "1,9", "1,3", "2,5"));
        loads.clear();
        assertThat(run("copy", "--append", "--order", "x,Y desc", file.toString(), url("dbo.keyed")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(loads).singleElement().asString().endsWith("ORDER ([x], [y] DESC))");
        assertThat(sql("SELECT COUNT(*) FROM dbo.keyed")).containsExactly("3");
    }

    @Test
    void anOrderThatCannotBeMeantIsRefusedBeforeARowIsSent() throws Exception {
        sql("CREATE TABLE dbo.keyed (x int NOT NULL PRIMARY KEY CLUSTERED)");
        Path file = Files.write(directory().resolve("x.csv"), List.of("x", "1"));
        String target = url("dbo.keyed");
        assertThat(run("copy", "--append", "--order", "z", file.toString(), target)).isEqualTo(ExitCode.FAILED);
        assertThat(run("copy", "--order", "x", file.toString(), url("dbo.fresh"))).isEqualTo(ExitCode.USAGE);
        assertThat(run("copy", "--append", "--parallel", "2", "--order", "x", file.toString(), target))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("copy", "--order", "x", file.toString(), directory().resolve("y.csv").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .hasLineCount(4)
                .contains(
                        "table [dbo].[keyed] has no column [z]; it has [x]",
                        "a table that the copy makes",
                        "in no order",
                        "TARGET is none");
        assertThat(sql("SELECT COUNT(*) FROM dbo.keyed")).containsExactly("0");
    }
}
