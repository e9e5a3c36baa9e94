package dev.tidegate.testkit.guarantee;

/** On what a guarantee is given. The constants are the letters of the table. */
public enum Surface {
    /** Driver: {@code client} and {@code jdbc}. */
    D("driver"),
    /** Pool. */
    P("pool"),
    /** Engine: {@code duckdb}. */
    E("engine"),
    /** Server. */
    S("server");

    private final String title;

    Surface(String title) {
        this.title = title;
    }

    /** In words, for documentation. */
    public String title() {
        return title;
    }
}
