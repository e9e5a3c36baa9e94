package dev.tidegate.client.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns a host name into addresses within a deadline. The JDK's own look-up cannot be given a limit, so it runs in a daemon thread that
 * is left behind if it takes too long and ends with the look-up.
 */
public final class AddressLookup {
    /** Which addresses stand first. */
    public enum Preference {
        IPV4_FIRST,
        IPV6_FIRST,
        PLATFORM
    }

    private AddressLookup() {}

    /** As {@link #lookUp(String, Preference, Deadline, AbortSignal)}, for a caller who will not give it up. */
    public static List<InetAddress> lookUp(String host, Preference preference, Deadline deadline) throws IOException {
        return lookUp(host, preference, deadline, new AbortSignal());
    }

    /** @throws IOException naming the host if it is unknown or the look-up takes too long; also once the signal has come */
    public static List<InetAddress> lookUp(String host, Preference preference, Deadline deadline, AbortSignal signal)
            throws IOException {
        List<InetAddress> addresses = new ArrayList<>(
                isLiteral(host) ? List.of(InetAddress.getByName(host)) : List.of(bounded(host, deadline, signal)));
        // A stable sort: within a family the order of the resolver stays.
        switch (preference) {
            case IPV4_FIRST -> addresses.sort(Comparator.comparing(a -> !(a instanceof Inet4Address)));
            case IPV6_FIRST -> addresses.sort(Comparator.comparing(a -> a instanceof Inet4Address));
            case PLATFORM -> {}
        }
        return addresses;
    }

    /** True for an IPv4 or IPv6 address in figures, which needs no look-up. */
    public static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private static InetAddress[] bounded(String host, Deadline deadline, AbortSignal signal) throws IOException {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(task, "tidegate-lookup-" + host);
        thread.setDaemon(true);
        signal.guard(() -> task.cancel(false));
        thread.start();
        try {
            return task.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            throw new IOException("the look-up of host '" + host + "' was given up", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new UnknownHostException(
                        "host '" + host + "' is not known; check its spelling and the name service");
            }
            throw new IOException("look-up of host '" + host + "' failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new DeadlineException("look-up of host '" + host + "' took longer than the connection may take");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during the look-up of host '" + host + "'", e);
        } finally {
            signal.release();
        }
    }
}
