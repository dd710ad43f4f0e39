/** How log lines look, and which task and stage they belong to. */
@NullMarked
package dev.callboard.log;

import org.jspecify.annotations.NullMarked;
