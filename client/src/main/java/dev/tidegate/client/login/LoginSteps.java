package dev.tidegate.client.login;

/** Told, on the thread that logs in, how far it has come; a connection's state follows it. */
public interface LoginSteps {
    /** An address is looked up and connected to: for the first time, at the next server of a route, or once more. */
    void connecting();

    /** There is a line: PRELOGIN, TLS and LOGIN7 follow. */
    void loggingIn();
}
