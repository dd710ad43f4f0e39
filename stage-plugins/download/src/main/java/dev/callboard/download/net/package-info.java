/** What may be reached, decided on the addresses that are connected to, and the HTTP client that obeys it. */
package dev.callboard.download.net;
