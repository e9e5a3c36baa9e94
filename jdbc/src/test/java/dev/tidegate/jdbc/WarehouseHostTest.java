package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse is not asked whether it takes a load: some end the connection of who asks. Names are known in a JVM of their own only. */
class WarehouseHostTest extends OnEmbeddedServer {
    private static final String WAREHOUSE = "x.datawarehouse.fabric.microsoft.com";
    private static final String DATABASE = "x.database.fabric.microsoft.com";

    @TempDir
    private Path folder;

    @Test
    void aBatchForAWarehouseGoesByCalls() throws IOException, SQLException {
        run("CREATE TABLE t (n int)");
        Path hosts = Files.write(folder.resolve("hosts"), List.of("127.0.0.1 " + WAREHOUSE, "127.0.0.1 " + DATABASE));
        Path run = Files.createDirectory(folder.resolve("run"));
        try (ChildJvm child = ChildJvm.of(BatchProgram.class, Integer.toString(server().port()), DATABASE, WAREHOUSE)
                .options("-Djdk.net.hosts.file=" + hosts)
                .start(run)) {
            ChildJvm.Result result = child.await(Duration.ofSeconds(50));
            assertThat(result.errors()).isEmpty();
            assertThat(result.output().lines()).containsExactly(DATABASE + " LOADED", WAREHOUSE + " SERVER");
        }
        assertThat(BatchTwins.read(connection(), "SELECT COUNT(*) FROM t")).hasToString("[[600]]");
    }
}
