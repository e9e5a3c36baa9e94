package dev.tidegate.testkit.peer;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.testkit.capture.Capture;
import dev.tidegate.testkit.capture.Direction;
import dev.tidegate.testkit.capture.RecordedMessage;
import dev.tidegate.testkit.fault.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A script as a list of steps, written by hand or taken from a recorded dialogue. What the client says must be what is expected; the
 * error names the step. A dialogue can be played any number of times.
 */
public final class Dialogue implements Script {
    private final List<Step> steps;

    private sealed interface Step {
        record Expect(PacketType type, byte[] payload) implements Step {}

        record Send(byte[] bytes) implements Step {}

        record Stall() implements Step {}

        record End(Ending ending) implements Step {}

        record AwaitEnd() implements Step {}
    }

    private Dialogue(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Begins a dialogue. */
    public static Builder steps() {
        return new Builder();
    }

    /**
     * What a server once said to a client: each of the client's messages is expected by its type, in order, and answered byte for byte.
     * Messages that the recording cut short are left out.
     */
    public static Builder of(Capture capture) {
        Builder builder = new Builder();
        for (RecordedMessage message : capture.messages()) {
            if (message.direction() == Direction.SERVER) {
                builder.send(message.bytes());
            } else if (message.complete()) {
                builder.expect(PacketType.ofCode(message.type())
                        .orElseThrow(() -> new IllegalArgumentException(
                                capture.name() + " has a message of type " + message.type())));
            }
        }
        return builder;
    }

    @Override
    public void play(ScriptedPeer peer) throws Exception {
        for (int i = 0; i < steps.size(); i++) {
            String where = "step " + (i + 1) + " of " + steps.size();
            try {
                play(peer, steps.get(i));
            } catch (DialogueMismatch e) {
                throw new DialogueMismatch(where + ", " + e.getMessage(), e);
            } catch (IOException e) {
                throw new IOException(where + ": " + e.getMessage(), e);
            }
        }
    }

    private static void play(ScriptedPeer peer, Step step) throws IOException, InterruptedException {
        switch (step) {
            case Step.Expect expect -> {
                peer.expect(expect.type);
                byte[] payload = peer.payload();
                if (expect.payload != null && !Arrays.equals(payload, expect.payload)) {
                    throw differs(peer, expect, payload);
                }
            }
            case Step.Send send -> peer.send(send.bytes);
            case Step.Stall _ -> peer.stall();
            case Step.End end -> peer.end(end.ending);
            case Step.AwaitEnd _ -> peer.awaitEnd();
        }
    }

    private static DialogueMismatch differs(ScriptedPeer peer, Step.Expect expect, byte[] payload) {
        int at = Arrays.mismatch(payload, expect.payload);
        return new DialogueMismatch(
                "connection " + peer.number() + ": " + expect.type + " differs from byte " + at + " on; expected "
                        + DialogueMismatch.shown(expect.payload) + "; got " + DialogueMismatch.shown(payload));
    }

    /** Collects steps. Not thread-safe. */
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();

        private Builder() {}

        /** Waits for a message of this type, with any contents. */
        public Builder expect(PacketType type) {
            return add(new Step.Expect(type, null));
        }

        /** @param payload of the message, packet headers left out */
        public Builder expect(PacketType type, byte[] payload) {
            return add(new Step.Expect(type, payload.clone()));
        }

        /** @param bytes as they are, packet headers included, whole or not */
        public Builder send(byte[] bytes) {
            return add(new Step.Send(bytes.clone()));
        }

        /** A whole answer of these tokens. */
        public Builder reply(Token... tokens) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TdsWriter out = new TdsWriter(bytes);
            out.begin(PacketType.RESPONSE);
            TokenWriter writer = new TokenWriter(out, TdsVersion.V7_4);
            try {
                for (Token token : tokens) {
                    writer.write(token);
                }
                out.end();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return add(new Step.Send(bytes.toByteArray()));
        }

        /** Does nothing until {@link ScriptedPeer#release}. */
        public Builder stall() {
            return add(new Step.Stall());
        }

        /** Ends the connection. */
        public Builder end(Ending ending) {
            return add(new Step.End(ending));
        }

        /** Waits until the client ends the connection, without another message. */
        public Builder awaitEnd() {
            return add(new Step.AwaitEnd());
        }

        public Dialogue build() {
            return new Dialogue(steps);
        }

        private Builder add(Step step) {
            steps.add(step);
            return this;
        }
    }
}
