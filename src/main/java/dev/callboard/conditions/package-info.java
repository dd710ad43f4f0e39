/**
 * Conditions on a task's ledger: the one grammar of gates, read where a pipeline is checked and where its gate runs. Pure: Java
 * and the SPI's forms of names alone.
 */
@NullMarked
package dev.callboard.conditions;

import org.jspecify.annotations.NullMarked;
