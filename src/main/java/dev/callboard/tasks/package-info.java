/** Tasks: how they are made, which stages they select, lists and views of them. */
@NullMarked
package dev.callboard.tasks;

import org.jspecify.annotations.NullMarked;
