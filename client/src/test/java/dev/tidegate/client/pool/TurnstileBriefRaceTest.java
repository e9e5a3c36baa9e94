package dev.tidegate.client.pool;

/** The same where no time passes: every use is a brief one, which does not wake a head of the line that looks for a slot by itself. */
public class TurnstileBriefRaceTest extends TurnstileRaceTest {
    @Override
    long now() {
        return 0;
    }
}
