package dev.tidegate.server.front;

import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/** Hands out session ids (SPIDs), the lowest free one from 51 on: smaller ones are the server's own. Thread-safe. */
final class SessionIds {
    private static final int FIRST = 51;

    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet taken = new BitSet();

    int take() {
        lock.lock();
        try {
            int id = taken.nextClearBit(FIRST);
            taken.set(id);
            return id;
        } finally {
            lock.unlock();
        }
    }

    void release(int id) {
        lock.lock();
        try {
            taken.clear(id);
        } finally {
            lock.unlock();
        }
    }
}
