/**
 * How the server connects to others: one client for all, which checks the addresses that it connects to
 * ({@link dev.callboard.spi.net.AddressRules}).
 */
@NullMarked
package dev.callboard.net;

import org.jspecify.annotations.NullMarked;
