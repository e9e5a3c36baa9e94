package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies with a server that understands T-SQL, transactions and names. */
class EmbeddedServerCopyTest extends OnEmbeddedServer {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbo.plain",
                "[we;ird%20ta]]ble]",
                "dbo.[it's]",
                "dbo.[t%C3%A4ble%20%E6%97%A5]",
                "dbo.[a.b]",
                "dbo.[%22q%22]"
            })
    void replacesATableOfAnyName(String table) throws Exception {
        Path first = Files.write(directory().resolve("first.csv"), List.of("id", "1"));
        Path second = Files.write(directory().resolve("second.csv"), List.of("id,name", "2,b", "3,c"));
        assertThat(run("copy", first.toString(), url(table))).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(run("copy", "--replace", "--verify", second.toString(), url(table)))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(sql("SELECT COUNT(*) FROM sys.tables")).containsExactly("1");
        Path back = directory().resolve("back.csv");
        assertThat(run("copy", url(table), back.toString())).isEqualTo(ExitCode.OK);
        assertThat(back).content().isEqualToNormalizingNewlines("id,name\n2,b\n3,c\n");
    }

    @Test
    void keepsTheTableWhenItsReplacementFails() throws Exception {
        Path good = Files.write(directory().resolve("good.csv"), List.of("x", "1.5"));
        assertThat(run("copy", good.toString(), url("dbo.t"))).isEqualTo(ExitCode.OK);
        Path bad = Files.write(directory().resolve("bad.csv"), List.of("x", "1.5", "NaN"));
        assertThat(run("copy", "--replace", bad.toString(), url("dbo.t"))).isEqualTo(ExitCode.FAILED);
        assertThat(run("copy", bad.toString(), url("dbo.fresh"))).isEqualTo(ExitCode.FAILED);
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        assertThat(sql("SELECT COUNT(*) FROM dbo.t")).containsExactly("1");
    }

    @Test
    void readersSeeAllOldRowsOrAllNewOnesWhileATableIsReplaced() throws Exception {
        List<Path> contents = List.of(rows("one.csv", 1, 3000), rows("two.csv", 2, 5000));
        assertThat(run("copy", contents.get(0).toString(), url("dbo.t"))).isEqualTo(ExitCode.OK);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(2);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(readers.submit(() -> {
                    try (Connection connection = DriverManager.getConnection("jdbc:tidegate://127.0.0.1:"
                                    + server().port() + ";database=shop;user=sa;password=pw;encrypt=false");
                            Statement statement = connection.createStatement()) {
                        do {
                            try (ResultSet row =
                                    statement.executeQuery("SELECT MIN(x), MAX(x), COUNT(*) FROM dbo.t WHERE x > 0")) {
                                row.next();
                                seen.add(row.getInt(1) + " " + row.getInt(2) + " " + row.getInt(3));
                            }
                            reading.countDown();
                        } while (!done.get());
                    }
                    return null;
                }));
            }
            reading.await();
            for (int i = 1; i <= 6; i++) {
                assertThat(run("copy", "--replace", contents.get(i % 2).toString(), url("dbo.t")))
                        .as(err.toString())
                        .isEqualTo(ExitCode.OK);
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
        }
        assertThat(seen).contains("1 1 3000").isSubsetOf("1 1 3000", "2 2 5000");
    }

    private Path rows(String name, int value, int count) throws IOException {
        return Files.writeString(directory().resolve(name), "x\n" + (value + "\n").repeat(count));
    }

    @Test
    void refusesABatchWithTwoResults() {
        Path target = directory().resolve("two.csv");
        assertThat(run("copy", "--query", "SELECT 1 AS a; SELECT 2 AS b", url(null), target.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("more than one result").hasLineCount(1);
        assertThat(directory()).isEmptyDirectory();
    }
}
