package dev.callboard.execution;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import java.util.function.Supplier;

/**
 * What stages may connect to, and how.
 *
 * @param rules asked for each attempt
 */
record StageNetwork(Supplier<AddressRules> rules, Outbound outbound) {}
