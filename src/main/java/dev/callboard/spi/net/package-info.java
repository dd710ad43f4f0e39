/**
 * What may be reached from the server, decided on the addresses that are connected to: the one rule of all that connects
 * anywhere. A stage asks {@link dev.callboard.spi.StageContext#network()} for the server's rules.
 */
package dev.callboard.spi.net;
