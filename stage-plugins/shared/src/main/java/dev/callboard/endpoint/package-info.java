/**
 * Asks models behind endpoints: posts JSON to one address that the operator names, within the server's rules for the network, and
 * says for people what goes wrong. Plugins compile it into their own jars.
 */
package dev.callboard.endpoint;
