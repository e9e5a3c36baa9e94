package dev.tidegate.bench.pool;

/** What is done with a connection between taking and giving back, and what kind of connections there are. */
public enum Work {
    /** Nothing, on connections that cost nothing: the two pools' own work. */
    BARE("bare pool"),
    /** Nothing: {@code getConnection().close()}, on connections of the same driver to an embedded server. */
    SOURCE("data source"),
    /** {@code SELECT 1} on an embedded server, through the same driver. */
    SELECT("SELECT 1");

    private final String label;

    Work(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
