/** Programs that do the work of stages: who is there, what each offers, and who waits for work. */
@NullMarked
package dev.callboard.workers;

import org.jspecify.annotations.NullMarked;
