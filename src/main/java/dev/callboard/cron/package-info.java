/** When a schedule is due: cron expressions and time zones. It uses no other package of the server. */
@NullMarked
package dev.callboard.cron;

import org.jspecify.annotations.NullMarked;
