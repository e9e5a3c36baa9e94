package dev.tidegate.testkit.peer;

/** What a {@link ScriptedServer} does on one connection. An error that it throws fails the test when the server is closed. */
@FunctionalInterface
public interface Script {
    void play(ScriptedPeer peer) throws Exception;
}
