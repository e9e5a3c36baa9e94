/** What a connection can be told: one declaration of each property, and how URLs and properties become settings. */
package dev.tidegate.client.settings;
