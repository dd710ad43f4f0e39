/** What the server counts and measures. The other parts report to it; who reads the figures is its own affair. */
@NullMarked
package dev.callboard.metrics;

import org.jspecify.annotations.NullMarked;
