/** The server's end of connections, played by a script or by a recorded dialogue. */
package dev.tidegate.testkit.peer;
