/** Expressions in JSONata over JSON: checked where they are stored, evaluated in a process of their own. */
@NullMarked
package dev.callboard.expressions;

import org.jspecify.annotations.NullMarked;
