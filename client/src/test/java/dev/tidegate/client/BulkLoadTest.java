package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static dev.tidegate.testkit.peer.ScriptedPeer.selected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.OneKindSource;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkLoadTest {
    private static final ColMetadata TABLE = new ColMetadata(List.of(
            new Column("id", TypeInfo.of(DataType.INT4), Column.IDENTITY),
            new Column("na]me", TypeInfo.nvarchar(5, Collation.DEFAULT), Column.NULLABLE | Column.UPDATEABLE_UNKNOWN),
            new Column("twice", TypeInfo.integer(), Column.NULLABLE | Column.COMPUTED),
            new Column("version", TypeInfo.binary(8), 0, 80, List.of()),
            new Column("amount", TypeInfo.decimal(9, 2), Column.NULLABLE | Column.UPDATEABLE_UNKNOWN)));

    @Test
    void loadsInATransactionOfItsOwn() throws Exception {
        List<List<Object>> loaded = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    assertThat(peer.readBatch())
                            .isEqualTo("INSERT BULK [dbo].[t] ([na]]me] nvarchar(5), [amount] decimal(9,2))"
                                    + " WITH (TABLOCK, CHECK_CONSTRAINTS, ORDER ([amount] DESC))");
                    peer.reply(done(0));
                    loaded.addAll(readRows(peer));
                    peer.reply(count(2, 0));
                    commit(peer);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoadOptions options = BulkLoadOptions.builder()
                    .tableLock(true)
                    .checkConstraints(true)
                    .order(List.of("AMOUNT desc"))
                    .build();
            try (BulkLoad load = connection.bulkLoad("dbo.t", options)) {
                assertThat(load.columns()).extracting(Column::name).containsExactly("na]me", "amount");
                load.writeRow("ab", new java.math.BigDecimal("1.50"));
                load.writeRow(null, null);
                assertThatThrownBy(() -> connection.execute("select 1")).hasMessageContaining("busy with 'bulk load");
                assertThat(load.finish()).isEqualTo(2);
                assertThatThrownBy(() -> load.writeRow("x", null)).hasMessageContaining("is over");
            }
        }
        assertThat(loaded.get(0)).containsExactly("ab", new java.math.BigDecimal("1.50"));
        assertThat(loaded.get(1)).containsExactly(null, null);
    }

    @Guarantee("G29")
    @Test
    void aValueThatDoesNotFitNamesRowAndColumnAndTakesTheLoadBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.expect(PacketType.BULK_LOAD);
                    peer.in().skipToEnd();
                    assertThat(peer.in().lastStatus()).isEqualTo(PacketStatus.EOM | PacketStatus.IGNORE);
                    peer.reply(error(4002, 16, "the load was given up"), done(Done.ERROR));
                    assertThat(peer.readTransactionRequest().type()).isEqualTo(8);
                    peer.reply(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9), done(0));
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            try (BulkLoad load = connection.bulkLoad("[dbo].t", BulkLoadOptions.DEFAULTS)) {
                load.writeRow("a", null);
                load.writeRow("b", null);
                assertThatThrownBy(() -> load.writeRow("too long", null))
                        .isInstanceOf(SQLDataException.class)
                        .hasMessageStartingWith("row 3, column [na]]me]: ");
                assertThatThrownBy(load::finish).hasMessageContaining("is over");
            }
            connection.execute("next").finish();
        }
    }

    @Guarantee("G29")
    @Test
    void aRefusedLoadIsRolledBackAndTheServersErrorComesThrough() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    readRows(peer);
                    peer.reply(error(2627, 14, "duplicate key"), done(Done.ERROR));
                    assertThat(peer.readTransactionRequest().type()).isEqualTo(8);
                    peer.reply(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            load.writeRow("a", null);
            assertThatThrownBy(load::finish).isInstanceOf(SQLIntegrityConstraintViolationException.class);
        }
    }

    @Test
    void anotherCountThanSentIsAnError() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    readRows(peer);
                    peer.reply(count(1, 0));
                    assertThat(peer.readTransactionRequest().type()).isEqualTo(8);
                    peer.reply(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            load.writeRow("a", null);
            load.writeRow("b", null);
            assertThatThrownBy(load::finish).hasMessageContaining("confirms 1 rows of the 2");
        }
    }

    @Test
    void batchesAreConfirmedOneByOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    for (int rows : new int[] {2, 2, 1}) {
                        assertThat(peer.readBatch()).startsWith("INSERT BULK [t] ([id] int, ");
                        peer.reply(done(0));
                        assertThat(readRows(peer)).hasSize(rows);
                        peer.reply(count(rows, 0));
                    }
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad(
                        "t",
                        BulkLoadOptions.builder()
                                .batchSize(2)
                                .keepIdentity(true)
                                .build())) {
            for (int i = 0; i < 5; i++) {
                load.writeRow(i, "x", null);
            }
            assertThat(load.finish()).isEqualTo(5);
        }
    }

    @Test
    void columnsAreCutIntoBatchesToo() throws Exception {
        List<Object> loaded = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    for (int rows : new int[] {150, 150, 150, 50}) {
                        peer.readBatch();
                        peer.reply(done(0));
                        List<List<Object>> batch = readRows(peer);
                        assertThat(batch).hasSize(rows);
                        batch.forEach(row -> loaded.add(row.get(0)));
                        peer.reply(count(rows, 0));
                    }
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad(
                        "t", BulkLoadOptions.builder().batchSize(150).build())) {
            load.map("na]me");
            load.write(new ColumnSource[] {new Numbered(0)}, 350);
            load.write(new ColumnSource[] {new Numbered(350)}, 150);
            assertThat(load.finish()).isEqualTo(500);
        }
        assertThat(loaded).hasSize(500);
        for (int row = 0; row < 500; row++) {
            assertThat(loaded.get(row)).isEqualTo(row % 7 == 0 ? null : "r" + row);
        }
    }

    /** One text of its own for each row. */
    private static final class Numbered extends OneKindSource {
        private final int before;

        Numbered(int before) {
            super("na]me");
            this.before = before;
        }

        @Override
        public boolean isNull(int row) {
            return (before + row) % 7 == 0;
        }

        @Override
        public CharSequence getText(int row) {
            return "r" + (before + row);
        }
    }

    @Guarantee("G30")
    @Test
    void payloadsOfEverySizeAroundThePacketBoundaryArrive() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.answerPrelogin(dev.tidegate.tds.message.Encryption.NOT_SUPPORTED);
                    peer.readLogin();
                    peer.reply(
                            new EnvChange.Text(EnvChange.PACKET_SIZE, "512", "4096"),
                            new dev.tidegate.tds.token.LoginAck(1, 0x74000004, "Scripted", 0x10000000),
                            done(0));
                    for (int rows = 1; rows <= 80; rows++) {
                        describe(peer);
                        peer.readBatch();
                        peer.reply(done(0));
                        assertThat(readRows(peer)).hasSize(rows);
                        peer.reply(count(rows, 0));
                    }
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoadOptions options = BulkLoadOptions.builder().batchSize(1_000).build();
            for (int rows = 1; rows <= 80; rows++) {
                try (BulkLoad load = connection.bulkLoad("t", options)) {
                    load.map("na]me");
                    for (int i = 0; i < rows; i++) {
                        load.writeRow("abcde".substring(0, (i + rows) % 6));
                    }
                    assertThat(load.finish()).isEqualTo(rows);
                }
            }
        }
    }

    @Test
    void mapsByNameAndSaysWhatCannotBeLoaded() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            assertThatThrownBy(() -> load.map("nope"))
                    .hasMessage("table [t] has no column [nope]; it has [id], [na]]me], [twice], [version], [amount]");
            assertThatThrownBy(() -> load.map("id")).hasMessageContaining("load it with keepIdentity");
            assertThatThrownBy(() -> load.map("TWICE")).hasMessageContaining("is computed by the server");
            assertThatThrownBy(() -> load.map("version")).hasMessageContaining("rowversion");
            assertThatThrownBy(() -> load.map("amount", "Amount")).hasMessageContaining("named twice");
            assertThatThrownBy(load::map).hasMessageContaining("at least one column");
            load.map("Amount", "NA]ME");
            assertThat(load.columns()).extracting(Column::name).containsExactly("amount", "na]me");
            assertThatThrownBy(() -> load.writeRow(1)).hasMessageContaining("1 values for the 2 columns");
            assertThat(load.finish()).isZero();
        }
    }

    @Guarantee("G29")
    @Test
    void theErrorOfAServerThatEndsTheLineWhileRowsAreSentIsTheErrorOfTheLoad() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.expect(PacketType.BULK_LOAD);
                    peer.reply(error(9002, 17, "the log is full"), done(Done.ERROR));
                    // Unread rows are left behind, so that the line is reset instead of closed in order.
                    peer.socket().close();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad("dbo.t", BulkLoadOptions.DEFAULTS)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000_000; i++) {
                            load.writeRow("ab", new java.math.BigDecimal("1.50"));
                        }
                    })
                    .isInstanceOf(DatabaseError.class)
                    .hasMessageContaining("the log is full")
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("the connection is broken"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Guarantee("G29")
    @Test
    void aCancelEndsTheLoad() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.expect(PacketType.BULK_LOAD);
                    peer.in().skipToEnd();
                    peer.reply(done(0));
                    peer.readTransactionRequest();
                    peer.reply(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            load.writeRow("a", null);
            connection.cancel();
            assertThatThrownBy(() -> load.writeRow("a", null))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cancelled");
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void anOrderByAnUnknownColumnIsRefusedBeforeATransactionBegins() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoadOptions options =
                    BulkLoadOptions.builder().order(List.of("nothing DESC")).build();
            assertThatThrownBy(() -> connection.bulkLoad("t", options))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has no column [nothing]")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42S22"));
            assertThat(connection.inTransaction()).isFalse();
        }
    }

    @Test
    void aLoadWhoseCommitIsRefusedIsRolledBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    beginTransaction(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    readRows(peer);
                    peer.reply(count(1, 0));
                    assertThat(peer.readTransactionRequest().type()).isEqualTo(7);
                    peer.reply(error(3998, 16, "not now"), done(Done.ERROR));
                    assertThat(peer.readTransactionRequest().type()).isEqualTo(8);
                    peer.reply(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            load.writeRow("a", null);
            assertThatThrownBy(load::finish).isInstanceOf(DatabaseError.class).hasMessageContaining("not now");
            assertThat(connection.inTransaction()).isFalse();
        }
    }

    @Test
    void closingALoadWhoseConnectionIsClosedIsNoError() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
            describe(peer);
            beginTransaction(peer);
            peer.readBatch();
            peer.reply(done(0));
            peer.awaitEndOfAnything();
        })) {
            TdsConnection connection = connect(server);
            BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            load.writeRow("a", null);
            connection.close();
            load.close();
            assertThatThrownBy(() -> load.writeRow("a", null)).isInstanceOf(SQLException.class);
        }
    }

    private static void describe(ScriptedPeer peer) throws IOException {
        assertThat(peer.readBatch()).startsWith("SELECT TOP 0 * FROM [");
        peer.reply(TABLE, selected(0, 0));
    }

    private static void beginTransaction(ScriptedPeer peer) throws IOException {
        assertThat(peer.readTransactionRequest().type()).isEqualTo(5);
        peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 9, 0), done(0));
    }

    private static void commit(ScriptedPeer peer) throws IOException {
        assertThat(peer.readTransactionRequest().type()).isEqualTo(7);
        peer.reply(new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 9), done(0));
    }

    /** Reads a load to its DONE. */
    private static List<List<Object>> readRows(ScriptedPeer peer) throws IOException {
        peer.expect(PacketType.BULK_LOAD);
        TokenReader tokens = new TokenReader(peer.in(), TdsVersion.V7_4);
        List<List<Object>> rows = new ArrayList<>();
        RowDecoder decoder = null;
        boolean ended = false;
        while (!peer.in().atEnd()) {
            Token token = tokens.next();
            if (token instanceof ColMetadata metadata) {
                decoder = RowDecoder.of(
                        metadata.columns().stream().map(Column::type).toList());
            } else if (token instanceof RowMarker marker) {
                rows.add(java.util.Arrays.asList(decoder.decode(peer.in(), marker)));
            } else {
                ended = token instanceof Done;
            }
        }
        assertThat(ended).isTrue();
        assertThat(peer.in().lastStatus()).isEqualTo(PacketStatus.EOM);
        return rows;
    }
}
