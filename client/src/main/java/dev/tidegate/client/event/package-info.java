/** What happens to connections, as events of the JDK Flight Recorder. */
package dev.tidegate.client.event;
