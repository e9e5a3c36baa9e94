package dev.tidegate.client.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.tidegate.PoolGeneration")
@Label("Pool Generation")
@Description("A pool replaces all its connections: idle ones now, those in use when they come back")
final class PoolGenerationEvent extends PoolEvent {
    private static final PoolGenerationEvent ANY = new PoolGenerationEvent();

    @Label("Reason")
    @Description("DEAD: server or network have ended one of them. EVICTED: it was asked for")
    String reason;

    @Label("Generation")
    int generation;

    static void tell(String pool, String reason, int number) {
        if (!ANY.isEnabled()) {
            return;
        }
        PoolGenerationEvent event = new PoolGenerationEvent();
        event.pool = pool;
        event.reason = reason;
        event.generation = number;
        event.commit();
    }
}
