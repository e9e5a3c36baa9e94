/** What a login proves itself with. */
package dev.tidegate.client.credentials;
