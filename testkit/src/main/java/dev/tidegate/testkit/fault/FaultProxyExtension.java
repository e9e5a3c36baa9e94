package dev.tidegate.testkit.fault;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes proxies for a test and ends them after it.
 *
 * <pre>{@code
 * @RegisterExtension
 * final FaultProxyExtension proxies = new FaultProxyExtension();
 * }</pre>
 */
public final class FaultProxyExtension implements AfterEachCallback {
    private final Deque<FaultProxy> proxies = new ArrayDeque<>();

    /** A new proxy before a server on 127.0.0.1. */
    public FaultProxy to(int serverPort) throws IOException {
        FaultProxy proxy = FaultProxy.to(serverPort);
        proxies.push(proxy);
        return proxy;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        while (!proxies.isEmpty()) {
            proxies.pop().close();
        }
    }
}
