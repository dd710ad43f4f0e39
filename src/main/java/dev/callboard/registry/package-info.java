/** The palette: built-in, plugin and custom stages at one revision. */
@NullMarked
package dev.callboard.registry;

import org.jspecify.annotations.NullMarked;
