package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.sql.SqlStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything that docs/attach.md shows is run as it stands there, but for the address of the server. */
class AttachGuideTest extends OnAttachedServer {
    @Test
    void everyExampleWorks() throws IOException, SQLException {
        onServer(
                "CREATE TABLE dbo.sales (name nvarchar(20), amount decimal(10, 2))",
                "INSERT INTO dbo.sales VALUES (N'a', 5), (N'b', 20), (N'a', 30)");
        List<String> examples = examples();
        assertThat(examples).hasSizeGreaterThan(20);
        for (String example : examples) {
            run(example.replace("localhost:1433", host() + ":" + port())
                    .replace("localhost,1433", host() + "," + port())
                    .replace("'localhost', PORT 1433", "'" + host() + "', PORT " + port())
                    .replace("sa:secret", USER + ":" + PASSWORD)
                    .replace("user=sa", "user=" + USER)
                    .replace("User Id=sa", "User Id=" + USER)
                    .replace("USER 'sa'", "USER '" + USER + "'")
                    .replace("/demo", "/" + database())
                    .replace("databaseName=demo", "databaseName=" + database())
                    .replace("Database=demo", "Database=" + database())
                    .replace("DATABASE 'demo'", "DATABASE '" + database() + "'")
                    .replace("{secret}", "{" + PASSWORD + "}")
                    .replace("password=secret", "password=" + PASSWORD)
                    .replace("'secret'", "'" + PASSWORD + "'"));
        }
        assertThat(
                        rows(
                                "SELECT name, total FROM (SELECT name, sum(amount) AS total FROM local GROUP BY name) ORDER BY name"))
                .containsExactly("a|30.00", "b|20.00");
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        StringBuilder block = null;
        for (String line : Files.readAllLines(Path.of("..", "docs", "attach.md"))) {
            if (line.equals("```sql")) {
                block = new StringBuilder();
            } else if (line.equals("```") && block != null) {
                SqlStatement.split(block.toString()).forEach(statement -> examples.add(statement.text()));
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return examples;
    }
}
