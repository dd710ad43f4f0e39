/**
 * What is wrong, and what all that is read must keep to: problems, violations, names, ids, limits. Pure: it depends on
 * {@code java} and the SPI alone.
 */
@NullMarked
package dev.callboard.problem;

import org.jspecify.annotations.NullMarked;
