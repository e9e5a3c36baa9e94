package dev.tidegate.server.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of definition in a transaction: committed, rolled back, rolled back to a savepoint, and lost with its connection. */
@Timeout(60)
class TransactionalDdlTest {
    private static final String SETUP = """
        create schema s;
        create table parent (id int primary key, name varchar(20));
        insert parent values (1, 'one'), (2, 'two');
        create table t (
            id int identity(10, 5) constraint pk_t primary key,
            parent int constraint fk_t references parent (id),
            a varchar(20) constraint df_t default 'none',
            n decimal(9, 2) not null,
            constraint ck_t check (n >= 0));
        create unique index ix_t on t (a);
        insert t (parent, a, n) values (1, 'x', 1.5), (2, 'y', 2.5);
        create table child (id int primary key, t int constraint fk_child references t (id));
        insert child values (1, 10);
        """;

    /** A query whose answer tells whether what is to be there is there; what it says before and after a definition. */
    private record Kind(String name, String definition, String question, String before, String after) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String exists(String table) {
        return "select count(*) from sys.objects where name = '" + table + "'";
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "create table",
                    "create table u (id int identity primary key, a int); insert u values (7)",
                    exists("u"),
                    "row 0",
                    "row 1"),
            new Kind("select into", "select id, a into u from t", exists("u"), "row 0", "row 1"),
            new Kind("drop table", "drop table child", exists("child"), "row 1", "row 0"),
            new Kind(
                    "drop table and make another",
                    "drop table child; create table child (x int, y int)",
                    "select count(*) from sys.columns where object_id = object_id('child') and name = 'y'",
                    "row 0",
                    "row 1"),
            new Kind(
                    "create index",
                    "create index iy_t on t (n)",
                    "select count(*) from sys.indexes where name = 'iy_t'",
                    "row 0",
                    "row 1"),
            new Kind(
                    "drop index",
                    "drop index ix_t on t; update t set a = 'x'",
                    "select count(*) from sys.indexes where name = 'ix_t'",
                    "row 1",
                    "row 0"),
            new Kind("create view", "create view v as select a from t", exists("v"), "row 0", "row 1"),
            new Kind(
                    "create schema",
                    "create schema s2",
                    "select count(*) from sys.schemas where name = 's2'",
                    "row 0",
                    "row 1"),
            new Kind(
                    "drop schema",
                    "drop schema s",
                    "select count(*) from sys.schemas where name = 's'",
                    "row 1",
                    "row 0"),
            new Kind(
                    "add column",
                    "alter table t add b int not null default 3",
                    "select count(*) from sys.columns where object_id = object_id('t') and name = 'b'",
                    "row 0",
                    "row 1"),
            new Kind(
                    "alter column",
                    "alter table t alter column a nvarchar(50) not null",
                    "select count(*) from sys.columns where object_id = object_id('t') and name = 'a'"
                            + " and max_length = 100 and is_nullable = 0",
                    "row 0",
                    "row 1"),
            new Kind(
                    "drop column",
                    "alter table t drop constraint ck_t; alter table t drop column n",
                    "select count(*) from sys.columns where object_id = object_id('t') and name = 'n'",
                    "row 1",
                    "row 0"),
            new Kind(
                    "add constraint",
                    "alter table t add constraint ck_t2 check (n < 100)",
                    exists("ck_t2"),
                    "row 0",
                    "row 1"),
            new Kind("drop constraint", "alter table t drop constraint ck_t", exists("ck_t"), "row 1", "row 0"),
            new Kind(
                    "drop foreign key",
                    "alter table child drop constraint fk_child; drop table t",
                    exists("t"),
                    "row 1",
                    "row 0"),
            new Kind("truncate", "truncate table child", "select count(*) from child", "row 1", "row 0"),
            new Kind("create sequence", "create sequence q as int start with 5", exists("q"), "row 0", "row 1"),
            new Kind("rename a table", "exec sp_rename 'dbo.child', 'kid'", exists("kid"), "row 0", "row 1"),
            new Kind(
                    "rename a column",
                    "exec sp_rename 'dbo.t.n', 'num', 'COLUMN'",
                    "select count(*) from sys.columns where object_id = object_id('t') and name = 'num'",
                    "row 0",
                    "row 1"),
            new Kind(
                    "rename an index",
                    "exec sp_rename 'dbo.t.ix_t', 'other', 'INDEX'",
                    "select count(*) from sys.indexes where name = 'other'",
                    "row 0",
                    "row 1"),
            new Kind(
                    "swap two tables",
                    "create table child_new (id int primary key); exec sp_rename 'dbo.child', 'child_old';"
                            + " exec sp_rename 'dbo.child_new', 'child'; drop table dbo.child_old",
                    "select count(*) from sys.columns where object_id = object_id('child')",
                    "row 2",
                    "row 1"));

    /** How a transaction may end after a definition, and whether the definition stays. */
    private enum End {
        COMMIT(true),
        ROLLBACK(false),
        SAVEPOINT(false),
        CLOSE(false),
        AFTER_SAVEPOINT(true);

        private final boolean stays;

        End(boolean stays) {
            this.stays = stays;
        }
    }

    private final H2Backend backend = H2Backend.inMemory(List.of("demo"));
    private BackendSession one;
    private BackendSession two;

    @BeforeEach
    void open() throws SqlServerException {
        one = backend.open(new SessionOptions("demo", "sa", "", "", "", 51));
        two = backend.open(new SessionOptions("demo", "sa", "", "", "", 52));
        assertThat(errors(run(one, SETUP))).isEmpty();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        backend.close();
    }

    private static List<String> run(BackendSession session, String sql) throws SqlServerException {
        RecordingSink sink = new RecordingSink();
        session.executeBatch(sql, sink);
        return sink.lines();
    }

    private static List<String> errors(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("error")).toList();
    }

    private static String answer(BackendSession session, String question) throws SqlServerException {
        return run(session, question).stream()
                .filter(line -> line.startsWith("row") || line.startsWith("error"))
                .findFirst()
                .orElse("");
    }

    static Stream<Arguments> everyKindAndEnd() {
        return KINDS.stream().flatMap(kind -> Stream.of(End.values()).map(end -> Arguments.of(kind, end)));
    }

    /** Everything that can be asked of the tables, their rows and their definitions. */
    private static List<String> state(BackendSession session) throws SqlServerException {
        List<String> state = new ArrayList<>();
        for (String question : List.of(
                "select id, parent, a, n from t order by id",
                "select id, t from child order by id",
                "select name, type from sys.objects where is_ms_shipped = 0 order by name",
                "select name, is_unique from sys.indexes where name is not null order by name",
                "select c.name, t.name, c.max_length, c.is_nullable, c.is_identity from sys.columns c"
                        + " join sys.types t on t.user_type_id = c.user_type_id"
                        + " join sys.tables b on b.object_id = c.object_id order by b.name, c.column_id",
                "select name from sys.schemas order by name",
                "select name, definition from sys.default_constraints order by name",
                "select name from sys.foreign_keys order by name",
                "select ident_current('t')")) {
            state.addAll(run(session, question));
        }
        return state;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyKindAndEnd")
    void isAsLastingAsItsTransaction(Kind kind, End end) throws Exception {
        List<String> before = state(two);
        assertThat(answer(two, kind.question)).isEqualTo(kind.before);
        run(one, "begin tran; insert parent values (3, 'three');");
        if (end == End.SAVEPOINT) {
            run(one, "save tran here");
        }
        assertThat(errors(run(one, kind.definition))).isEmpty();
        if (end == End.AFTER_SAVEPOINT) {
            run(one, "save tran here; create table later (a int); rollback tran here");
        }
        assertThat(answer(one, kind.question)).isEqualTo(kind.after);
        switch (end) {
            case COMMIT, AFTER_SAVEPOINT -> assertThat(run(one, "commit")).containsExactly("committed");
            case ROLLBACK -> assertThat(run(one, "rollback")).containsExactly("rolled back");
            case SAVEPOINT -> {
                assertThat(run(one, "rollback tran here")).isEmpty();
                assertThat(answer(one, kind.question)).isEqualTo(kind.before);
                assertThat(run(one, "commit")).containsExactly("committed");
            }
            case CLOSE -> one.close();
        }
        assertThat(answer(two, kind.question)).isEqualTo(end.stays ? kind.after : kind.before);
        boolean kept = end != End.ROLLBACK && end != End.CLOSE;
        assertThat(answer(two, "select count(*) from parent")).isEqualTo(kept ? "row 3" : "row 2");
        if (!end.stays) {
            assertThat(state(two)).isEqualTo(before);
            assertThat(errors(run(two, "insert t (parent, a, n) values (1, 'x', 1)")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("error 2601 ");
            assertThat(run(two, "insert t (parent, n) values (99, 1)").getFirst())
                    .startsWith("error 547 ");
            assertThat(run(two, "insert t (parent, n) values (1, -1)").getFirst())
                    .startsWith("error 547 ");
            assertThat(run(two, "delete t where id = 10").getFirst()).startsWith("error 547 ");
            assertThat(run(two, "delete parent where id = 1").getFirst()).startsWith("error 547 ");
            assertThat(errors(run(two, "insert t (parent, n) values (1, 5); select a from t where n = 5")))
                    .isEmpty();
        }
    }

    @Test
    void definesWhatTheTransactionItselfHasMadeAndFilled() throws Exception {
        assertThat(errors(run(one, """
            begin tran;
            create table w (id int identity primary key, a int);
            insert w values (1), (2);
            alter table w add b int not null default 4;
            create index iw on w (b);
            insert w values (3, 5);
            update t set n = 7 where id = 10;
            alter table t add b int;
            """))).isEmpty();
        assertThat(run(one, "select id, a, b from w order by id"))
                .contains("row 1 | 1 | 4", "row 2 | 2 | 4", "row 3 | 3 | 5");
        assertThat(run(one, "select n, b from t where id = 10")).contains("row 7.00 | NULL");
        assertThat(errors(run(one, "drop table w; rollback"))).isEmpty();
        assertThat(answer(two, exists("w"))).isEqualTo("row 0");
        assertThat(run(two, "select * from t where id = 10")).contains("row 10 | 1 | 'x' | 1.50");
    }

    @Test
    void othersWaitForWhatIsBeingDefinedAndNeverSeeItHalf() throws Exception {
        run(one, "begin tran; alter table t add b int; drop table child; create table u (a int)");
        for (String question : List.of("select * from t", "select * from child", "select * from u")) {
            assertThat(run(two, "set lock_timeout 0; " + question))
                    .as(question)
                    .anyMatch(line -> line.startsWith("error 1222 "));
        }
        assertThat(run(two, "set lock_timeout 0; insert t (n) values (1)"))
                .anyMatch(line -> line.startsWith("error 1222 "));
        assertThat(run(two, "set lock_timeout 0; create table u (a int)"))
                .anyMatch(line -> line.startsWith("error 1222 "));
        run(two, "set lock_timeout -1");
        assertThat(errors(run(two, "create table other (id int identity, a int)")))
                .isEmpty();
        for (int i = 0; i < 40; i++) {
            assertThat(errors(run(two, "insert other values (" + i + ")"))).isEmpty();
        }
        run(one, "rollback");
        assertThat(answer(two, "select count(*) from t")).isEqualTo("row 2");
        assertThat(answer(two, "select count(*) from child")).isEqualTo("row 1");
        assertThat(answer(two, "select * from u")).startsWith("error 208 ");
    }

    @Test
    void whatAnOpenTransactionHasChangedIsNotDefinedAnew() throws Exception {
        run(one, "begin tran; update t set n = 5 where id = 10");
        assertThat(run(two, "set lock_timeout 0; alter table t add b int"))
                .anyMatch(line -> line.startsWith("error 1222 "));
        assertThat(errors(run(one, "update t set n = 6 where id = 10; commit"))).isEmpty();
        assertThat(errors(run(two, "alter table t add b int"))).isEmpty();
    }

    @Test
    void aDefinitionThatFailsLeavesTheTransactionAsItWas() throws Exception {
        List<String> before = state(two);
        run(one, "begin tran; insert parent values (3, 'three')");
        assertThat(run(one, "alter table t add d int not null").getFirst()).startsWith("error 4901 ");
        assertThat(run(one, "alter table t add constraint ck_bad check (n > 100)")
                        .getFirst())
                .startsWith("error 547 ");
        assertThat(run(one, "create unique index iu on t (parent); create index ix_t on t (n)"))
                .anyMatch(line -> line.startsWith("error "));
        assertThat(run(one, "alter table t drop column n").getFirst()).startsWith("error 5074 ");
        assertThat(run(one, "drop table t").getFirst()).startsWith("error 3726 ");
        assertThat(answer(one, "select @@trancount")).isEqualTo("row 1");
        run(one, "drop index iu on t; commit");
        assertThat(state(two)).isEqualTo(before);
        assertThat(answer(two, "select count(*) from parent")).isEqualTo("row 3");
    }

    @Test
    void temporaryTablesComeBack() throws Exception {
        run(one, "create table #a (x int); insert #a values (1)");
        run(one, "begin tran; insert parent values (3, 'three'); insert #a values (2); drop table #a");
        assertThat(answer(one, "select * from #a")).startsWith("error 208 ");
        assertThat(errors(run(one, "create table #a (y int, z int); create table #b (q int); insert #a values (3, 4)")))
                .isEmpty();
        assertThat(answer(one, "select * from #a")).isEqualTo("row 3 | 4");
        run(one, "rollback");
        assertThat(run(one, "select * from #a")).contains("row 1").doesNotContain("row 2");
        assertThat(answer(one, "select * from #b")).startsWith("error 208 ");
        run(one, "begin tran; drop table #a; create table #a (y int); commit; insert #a values (7)");
        assertThat(answer(one, "select y from #a")).isEqualTo("row 7");
        assertThat(answer(two, "select count(*) from parent")).isEqualTo("row 2");
    }

    @Test
    void tableVariablesAndIsolationLevelsDoNotCommit() throws Exception {
        run(one, "begin tran; insert parent values (3, 'three'); declare @v table (a int); insert @v values (1)");
        run(one, "set transaction isolation level repeatable read");
        run(one, "rollback");
        assertThat(answer(two, "select count(*) from parent")).isEqualTo("row 2");
    }

    @Test
    void viewsFollowTheTableThatTheyRead() throws Exception {
        run(one, "create view v as select id, a from t");
        run(one, "begin tran; alter table t add b int; update t set a = 'changed' where id = 10");
        assertThat(answer(one, "select a from v where id = 10")).isEqualTo("row 'changed'");
        run(one, "rollback");
        assertThat(answer(two, "select a from v where id = 10")).isEqualTo("row 'x'");
        run(one, "begin tran; drop view v; create view v as select n from t where id = 10; rollback");
        assertThat(answer(two, "select a from v where id = 10")).isEqualTo("row 'x'");
        run(one, "begin tran; alter table t add b int; commit");
        assertThat(answer(two, "select a from v where id = 10")).isEqualTo("row 'x'");
    }

    @Test
    void renamingRefusesWhatItCannotDo() throws Exception {
        assertThat(run(one, "exec sp_rename 'dbo.nothing', 'x'").getFirst()).startsWith("error 15225 ");
        assertThat(run(one, "exec sp_rename 'dbo.t', 'parent'").getFirst()).startsWith("error 15335 ");
        assertThat(run(one, "exec sp_rename 'dbo.t.zz', 'x', 'COLUMN'").getFirst())
                .startsWith("error 15248 ");
        assertThat(run(one, "exec sp_rename 'dbo.t.a', 'n', 'COLUMN'").getFirst())
                .startsWith("error 15335 ");
        assertThat(run(one, "exec sp_rename 'dbo.t', 'x', 'THING'").getFirst()).startsWith("error 15249 ");
        assertThat(run(one, "exec sp_rename 'dbo.t', null").getFirst()).startsWith("error 15223 ");
        assertThat(run(one, "exec sp_rename 'dbo.[t', 'x'").getFirst()).startsWith("error 15253 ");
        assertThat(run(one, "exec sp_rename '[dbo].[t]', 'T'").getFirst()).startsWith("message 15477 ");
        assertThat(answer(one, "select name from sys.tables where name = 't'")).isEqualTo("row 'T'");
        assertThat(run(one, "exec sp_rename 'pk_t', 'key_t', 'OBJECT'").getFirst())
                .startsWith("message 15477 ");
        assertThat(answer(one, exists("key_t"))).isEqualTo("row 1");
    }

    @Test
    void whatIsCommittedSurvivesARestart(@TempDir Path directory) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (H2Backend files = H2Backend.directory(directory, List.of("demo"));
                    BackendSession session = files.open(new SessionOptions("demo", "sa", "", "", "", 51))) {
                if (i == 0) {
                    run(session, SETUP);
                    run(session, "begin tran; drop table child; create table w (id int identity, a int)");
                    run(session, "declare @i int = 0; while @i < 50 begin insert w values (@i); set @i += 1 end");
                    run(session, "alter table t add b int; commit");
                    run(session, "begin tran; drop table w; alter table t drop constraint ck_t; rollback");
                } else {
                    assertThat(answer(session, "select count(*), max(id) from w"))
                            .isEqualTo("row 50 | 50");
                    run(session, "insert w values (1)");
                    assertThat(answer(session, "select count(*) from w where id > 50"))
                            .isEqualTo("row 1");
                    assertThat(answer(session, exists("child"))).isEqualTo("row 0");
                    assertThat(answer(session, exists("ck_t"))).isEqualTo("row 1");
                    assertThat(answer(session, "select count(b) from t")).isEqualTo("row 0");
                }
            }
        }
    }
}
