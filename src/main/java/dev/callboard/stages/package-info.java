/** Stages that the server brings along. They use the SPI alone, as those of any plugin do. */
@NullMarked
package dev.callboard.stages;

import org.jspecify.annotations.NullMarked;
