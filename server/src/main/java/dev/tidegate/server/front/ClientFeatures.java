package dev.tidegate.server.front;

import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.LoginFeature;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The features that a client has asked for and the server has ([MS-TDS] 2.2.6.4, 2.2.7.11).
 *
 * @param utf8 text of a UTF-8 collation comes in UTF-8
 * @param json the type json is known
 * @param vector the type vector is known, with elements of 32 bits
 */
record ClientFeatures(boolean utf8, boolean json, boolean vector) {
    /** The only version of json and of vector that the server speaks. */
    private static final byte VERSION = 1;

    static ClientFeatures of(Login7 login) {
        return new ClientFeatures(
                login.feature(LoginFeature.UTF8_SUPPORT).isPresent(),
                hasVersion(login, LoginFeature.JSON_SUPPORT),
                hasVersion(login, LoginFeature.VECTOR_SUPPORT));
    }

    private static boolean hasVersion(Login7 login, int id) {
        return login.feature(id)
                .filter(feature -> feature.data().length > 0 && (feature.data()[0] & 0xFF) >= VERSION)
                .isPresent();
    }

    /** What is not in the answer is not used: a client may ask for more than the server has. */
    Map<Integer, byte[]> acknowledged() {
        Map<Integer, byte[]> features = new LinkedHashMap<>();
        if (utf8) {
            features.put(LoginFeature.UTF8_SUPPORT, new byte[] {1});
        }
        if (json) {
            features.put(LoginFeature.JSON_SUPPORT, new byte[] {VERSION});
        }
        if (vector) {
            features.put(LoginFeature.VECTOR_SUPPORT, new byte[] {VERSION});
        }
        return features;
    }
}
