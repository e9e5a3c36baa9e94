package dev.tidegate.client.transport;

import java.io.Closeable;
import java.io.IOException;

/** Closes what is given up anyway, where a failure to close could only hide the reason for it. */
final class Quietly {
    private Quietly() {}

    static void close(Closeable... resources) {
        for (Closeable resource : resources) {
            if (resource != null) {
                try {
                    resource.close();
                } catch (IOException e) {
                    // The descriptor is gone all the same, and there is no caller who could do anything.
                    continue;
                }
            }
        }
    }
}
