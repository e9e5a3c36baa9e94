/**
 * A physical connection to SQL Server and all that it can do. {@link dev.tidegate.client.TdsConnection} is the way in; the sub-packages
 * hold the parts that it is made of.
 */
package dev.tidegate.client;
