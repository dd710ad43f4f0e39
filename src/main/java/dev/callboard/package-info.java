/** Callboard: a pipeline server with a live palette of stages. */
@NullMarked
package dev.callboard;

import org.jspecify.annotations.NullMarked;
