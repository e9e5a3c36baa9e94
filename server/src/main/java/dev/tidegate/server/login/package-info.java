/** Who may log in: salted password hashes. */
package dev.tidegate.server.login;
