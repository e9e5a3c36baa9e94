package dev.tidegate.server.front;

/** What PRELOGIN agreed to encrypt. */
enum Channel {
    PLAIN,
    /** The login only; everything after it is plain. */
    LOGIN_ENCRYPTED,
    ENCRYPTED
}
