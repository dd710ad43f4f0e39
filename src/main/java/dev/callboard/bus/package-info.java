/** Typed requests and events over the Vert.x event bus: the only package that names it. */
@NullMarked
package dev.callboard.bus;

import org.jspecify.annotations.NullMarked;
