package dev.tidegate.server.front;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One message of the server, decoded: its tokens in order (row markers included), and the rows. */
record Reply(List<Token> tokens, List<Object[]> rows) {
    static Reply read(TdsReader in, TdsVersion version) throws IOException {
        TokenReader reader = new TokenReader(in, version);
        List<Token> tokens = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        RowDecoder decoder = null;
        while (!in.atEnd()) {
            Token token = reader.next();
            tokens.add(token);
            if (token instanceof ColMetadata metadata) {
                decoder = RowDecoder.of(
                        metadata.columns().stream().map(Column::type).toList());
            } else if (token instanceof RowMarker marker) {
                rows.add(decoder.decode(in, marker));
            }
        }
        return new Reply(tokens, rows);
    }

    <T extends Token> List<T> all(Class<T> kind) {
        return tokens.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<ServerMessage> errors() {
        return all(ServerMessage.class).stream().filter(ServerMessage::error).toList();
    }

    List<Integer> errorNumbers() {
        return errors().stream().map(ServerMessage::number).toList();
    }

    List<Integer> environmentTypes() {
        return all(EnvChange.class).stream().map(EnvChange::type).toList();
    }

    List<Done> dones() {
        return all(Done.class);
    }

    Done last() {
        return dones().get(dones().size() - 1);
    }
}
