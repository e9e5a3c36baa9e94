package dev.tidegate.testkit.fault;

/** One of the two directions of a proxied connection. */
public enum Flow {
    TO_SERVER,
    TO_CLIENT
}
