package dev.tidegate.testkit.capture;

/** Who sent something. */
public enum Direction {
    CLIENT('C'),
    SERVER('S');

    private final char letter;

    Direction(char letter) {
        this.letter = letter;
    }

    static Direction ofLetter(char letter) {
        for (Direction direction : values()) {
            if (direction.letter == letter) {
                return direction;
            }
        }
        throw new IllegalArgumentException("'" + letter + "' is neither C nor S");
    }
}
