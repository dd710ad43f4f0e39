/** Keeps the secrets of stages, sealed, and gives their values to the stages that name them. */
@NullMarked
package dev.callboard.secrets;

import org.jspecify.annotations.NullMarked;
