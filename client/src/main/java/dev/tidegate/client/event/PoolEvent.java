package dev.tidegate.client.event;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What happens in a pool. */
@Category({"Tidegate", "Pool"})
abstract class PoolEvent extends Event {
    @Label("Pool")
    String pool;
}
