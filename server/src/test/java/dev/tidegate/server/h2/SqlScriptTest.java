package dev.tidegate.server.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** T-SQL as people write it, and all that the server answers: columns with types, rows, counts, messages. */
@Timeout(120)
class SqlScriptTest {
    /** The part of a constraint's name that the server draws. */
    private static final Pattern DRAWN = Pattern.compile("__[0-9A-F]{16}");

    private final H2Backend backend = H2Backend.inMemory(List.of("demo", "other"));

    @AfterEach
    void close() {
        backend.close();
    }

    private Stream<DynamicTest> cases(String file) throws IOException, SqlServerException {
        BackendSession session = backend.open(new SessionOptions("demo", "sa", "host1", "tests", "us_english", 51));
        return SqlScript.load(file).cases().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    RecordingSink sink = new RecordingSink();
                    for (String batch : one.batches()) {
                        session.executeBatch(batch, sink);
                    }
                    List<String> lines = sink.lines().stream()
                            .flatMap(String::lines)
                            .map(line -> DRAWN.matcher(line).replaceAll("__*"))
                            .toList();
                    assertThat(lines).as(String.join("\nGO\n", one.batches())).isEqualTo(one.expected());
                    assertThat(sink.timesDone()).isEqualTo(one.batches().size());
                }));
    }

    @TestFactory
    Stream<DynamicTest> select() throws Exception {
        return cases("select");
    }

    @TestFactory
    Stream<DynamicTest> functions() throws Exception {
        return cases("functions");
    }

    @TestFactory
    Stream<DynamicTest> convert() throws Exception {
        return cases("convert");
    }

    @TestFactory
    Stream<DynamicTest> dml() throws Exception {
        return cases("dml");
    }

    @TestFactory
    Stream<DynamicTest> ddl() throws Exception {
        return cases("ddl");
    }

    @TestFactory
    Stream<DynamicTest> join() throws Exception {
        return cases("join");
    }

    @TestFactory
    Stream<DynamicTest> rowwise() throws Exception {
        return cases("rowwise");
    }

    @TestFactory
    Stream<DynamicTest> names() throws Exception {
        return cases("names");
    }

    @TestFactory
    Stream<DynamicTest> variant() throws Exception {
        return cases("variant");
    }

    @TestFactory
    Stream<DynamicTest> jsonAndVector() throws Exception {
        return cases("json-vector");
    }

    @TestFactory
    Stream<DynamicTest> control() throws Exception {
        return cases("control");
    }

    @TestFactory
    Stream<DynamicTest> doomed() throws Exception {
        return cases("doomed");
    }

    @TestFactory
    Stream<DynamicTest> collation() throws Exception {
        return cases("collation");
    }

    @TestFactory
    Stream<DynamicTest> index() throws Exception {
        return cases("index");
    }

    @TestFactory
    Stream<DynamicTest> temporary() throws Exception {
        return cases("temporary");
    }

    @TestFactory
    Stream<DynamicTest> pivot() throws Exception {
        return cases("pivot");
    }

    @TestFactory
    Stream<DynamicTest> refused() throws Exception {
        return cases("refused");
    }
}
