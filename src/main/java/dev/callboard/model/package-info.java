/** Records and pure rules: no Vert.x, no SQL, no JSON library. Depends on {@code java} and the SPI alone. */
@NullMarked
package dev.callboard.model;

import org.jspecify.annotations.NullMarked;
