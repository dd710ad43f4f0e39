/**
 * What the palette is made of: definitions of stages, their ports, settings and executors, drawn graphs. Records and pure
 * rules: no Vert.x, no SQL, no JSON library.
 */
@NullMarked
package dev.callboard.palette;

import org.jspecify.annotations.NullMarked;
