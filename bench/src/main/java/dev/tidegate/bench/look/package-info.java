/** What it costs to look at the socket before each request. */
package dev.tidegate.bench.look;
