package dev.tidegate.tds.message;

/**
 * The version of a client or server program, as PRELOGIN's VERSION option carries it ([MS-TDS] 2.2.6.5).
 *
 * @param major 0 to 255
 * @param minor 0 to 255
 * @param build 0 to 65,535
 * @param subBuild 0 to 65,535
 */
public record ProgramVersion(int major, int minor, int build, int subBuild) {
    /** What a peer has that gives no version. */
    public static final ProgramVersion NONE = new ProgramVersion(0, 0, 0, 0);

    static final int LENGTH = 6;

    byte[] toBytes() {
        return new byte[] {
            (byte) major, (byte) minor, (byte) (build >>> 8), (byte) build, (byte) subBuild, (byte) (subBuild >>> 8)
        };
    }

    static ProgramVersion ofBytes(byte[] bytes) {
        return new ProgramVersion(
                bytes[0] & 0xFF,
                bytes[1] & 0xFF,
                (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF),
                (bytes[4] & 0xFF) | (bytes[5] & 0xFF) << 8);
    }

    /** The form that LOGINACK carries: 0xMMmmBBBB. */
    public int toInt() {
        return major << 24 | minor << 16 | build;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + build + "." + subBuild;
    }
}
