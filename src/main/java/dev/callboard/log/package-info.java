/** How log lines look, which task and stage they belong to, and the end of a process whose memory has run out. */
@NullMarked
package dev.callboard.log;

import org.jspecify.annotations.NullMarked;
