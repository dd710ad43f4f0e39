/** Fingerprints. Pure: it uses nothing. */
@NullMarked
package dev.callboard.hash;

import org.jspecify.annotations.NullMarked;
