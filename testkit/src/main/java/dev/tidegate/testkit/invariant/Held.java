package dev.tidegate.testkit.invariant;

import java.util.Map;

/** Things of one kind that a process can hold: what a test has not given back is left behind. */
interface Held {
    /** For messages, in the singular. */
    String kind();

    /** What is held now: an identity, and how to show it. */
    Map<Object, String> now();
}
