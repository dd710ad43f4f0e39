/** Plugin jars: found, checked, loaded, replaced and retired. */
@NullMarked
package dev.callboard.plugins;

import org.jspecify.annotations.NullMarked;
