package dev.tidegate.client.event;

/** How full a pool is: connections in use, ready, on their way, at most; and callers in line. */
public record Crowd(int active, int idle, int opening, int maximum, int waiting) {}
