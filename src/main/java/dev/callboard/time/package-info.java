/**
 * The server's time: one timeline for all that is measured, waited for and recorded, which goes on evenly when the clock of the
 * machine is set. What belongs to the world outside (schedules, signatures) follows the machine's clock instead.
 */
@NullMarked
package dev.callboard.time;

import org.jspecify.annotations.NullMarked;
