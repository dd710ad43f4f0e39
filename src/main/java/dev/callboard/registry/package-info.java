/** The palette at one revision: built-in stages, those of plugins, and the custom ones in their file. */
@NullMarked
package dev.callboard.registry;

import org.jspecify.annotations.NullMarked;
