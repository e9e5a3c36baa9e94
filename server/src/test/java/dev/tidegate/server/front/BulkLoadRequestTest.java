package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkLoadRequestTest extends FrontTest {
    private static final TypeInfo INTEGER = TypeInfo.integer();
    private static final TypeInfo TEXT = TypeInfo.nvarchar(20, Collation.DEFAULT);

    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        start();
        client = RawClient.loggedIn(server.port());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    private void writeRows(String column, int count) throws IOException {
        TokenWriter tokens = new TokenWriter(client.out, client.version);
        tokens.write(new ColMetadata(List.of(new Column(column, INTEGER, 0), new Column("name", TEXT, 1))));
        RowEncoder encoder = RowEncoder.of(List.of(INTEGER, TEXT));
        for (int i = 0; i < count; i++) {
            encoder.encode(client.out, new Object[] {i, i % 3 == 0 ? null : "row " + i});
        }
    }

    @Test
    void storesRowsAndConfirmsTheirNumber() throws IOException {
        client.out.begin(PacketType.BULK_LOAD);
        writeRows("id", 5000);
        new TokenWriter(client.out, client.version).write(new Done(Done.Kind.DONE, 0, 0, 0));
        client.out.end();

        assertThat(client.reply().dones())
                .containsExactly(new Done(Done.Kind.DONE, Done.COUNT, Done.COMMAND_INSERT, 5000));
        assertThat(backend.last().loaded).hasSize(5000);
        assertThat(backend.last().loaded.get(4000)).containsExactly(4000, "row 4000");
    }

    @Test
    void takesALoadWithoutDone() throws IOException {
        client.out.begin(PacketType.BULK_LOAD);
        writeRows("id", 2);
        client.out.end();

        assertThat(client.reply().last().rowCount()).isEqualTo(2);
    }

    @Test
    void aLoadThatItsSenderGivesUpLeavesNothing() throws IOException {
        client.out.begin(PacketType.BULK_LOAD);
        writeRows("id", 3000);
        client.out.abort();

        assertThat(client.reply().tokens()).containsExactly(new Done(Done.Kind.DONE, 0, 0, 0));
        assertThat(backend.last().log).containsExactly("load [id, name]", "target closed");
        assertThat(client.batch("update").errors()).isEmpty();
    }

    @Test
    void aRefusedLoadIsAnsweredAfterAllOfItWasRead() throws IOException {
        client.out.begin(PacketType.BULK_LOAD);
        writeRows("refused", 20_000);
        client.out.end();

        Reply reply = client.reply();
        assertThat(reply.errorNumbers()).containsExactly(4022);
        assertThat(reply.last().isError()).isTrue();
        assertThat(client.batch("update").errors()).isEmpty();
    }

    @Test
    void aBadRowGivesUpTheLoad() throws IOException {
        client.out.begin(PacketType.BULK_LOAD);
        writeRows("id", 10);
        RowEncoder.of(List.of(INTEGER, TEXT)).encode(client.out, new Object[] {-1, "bad"});
        client.out.end();

        assertThat(client.reply().errorNumbers()).containsExactly(2627);
        assertThat(backend.last().log).containsExactly("load [id, name]", "target closed");
    }

    @Test
    void rowsBeforeTheirColumnsAreNotTds() throws IOException {
        client.send(PacketType.BULK_LOAD, 0, out -> out.writeByte(0xD1));
        assertThat(client.reply().errorNumbers()).containsExactly(4002);
        assertThat(client.closedByServer()).isTrue();
    }

    @Test
    void columnsThatComeTwiceAreNotTds() throws IOException {
        client.out.begin(PacketType.BULK_LOAD);
        writeRows("id", 2);
        writeRows("id", 2);
        client.out.end();

        assertThat(client.reply().errorNumbers()).containsExactly(4002);
        assertThat(client.closedByServer()).isTrue();
        assertThat(backend.last().log).containsExactly("load [id, name]", "target closed");
    }
}
