/** The HTTP client of the stage, which connects to what the server's rules and the operator's permit. */
package dev.callboard.download.net;
