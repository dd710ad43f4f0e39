/** Listens to what the other parts publish, and counts and logs it, so that these need not. */
@NullMarked
package dev.callboard.watch;

import org.jspecify.annotations.NullMarked;
