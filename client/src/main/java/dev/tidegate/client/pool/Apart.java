package dev.tidegate.client.pool;

/**
 * Keeps what its heirs write all the time off the cache lines of other objects: two threads that use two slots would otherwise wait for
 * each other's writes. Two lines wide, because processors fetch lines in pairs.
 */
abstract class Apart {
    long p00, p01, p02, p03, p04, p05, p06, p07;
    long p10, p11, p12, p13, p14, p15, p16, p17;
}
