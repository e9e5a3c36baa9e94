package dev.tidegate.bench.frame;

/** Somebody who takes part in a comparison. */
public record Contender(String name, Role role, Probe probe) {
    /** What a contender stands for. */
    public enum Role {
        OURS,
        PEER,
        /** Does less than the others; shown, and compared with nobody. */
        REFERENCE,
        /** Does only what all others have to do too: nobody can be faster. */
        LIMIT
    }

    public Contender(String name, Probe probe) {
        this(name, Role.PEER, probe);
    }
}
