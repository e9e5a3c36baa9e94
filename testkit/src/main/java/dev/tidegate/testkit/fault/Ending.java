package dev.tidegate.testkit.fault;

/** How a connection ends on the wire. */
public enum Ending {
    /** In order: the peer reads what was sent, then the end of the stream. */
    FIN,
    /** Abruptly: the peer's next read or write fails. */
    RESET
}
