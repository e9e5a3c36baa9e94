/**
 * The messages that a client sends, and PRELOGIN, which both sides send ([MS-TDS] 2.2.6), each read and written. A message's {@code
 * read} takes the payload of the current message of a {@link dev.tidegate.tds.packet.TdsReader}; its {@code write} writes the payload
 * only: the caller begins and ends the message. The records are immutable; none is thread-bound.
 */
package dev.tidegate.tds.message;
