/**
 * Plugins that ask for it run in processes of their own ({@code Callboard-Isolation: fork}): what their code does to its
 * process, it does not to the server. {@link dev.callboard.fork.Forks} is the server's side, {@link
 * dev.callboard.fork.ForkMain} the other; between them go {@linkplain dev.callboard.fork.Wire frames}. The child needs this
 * package, {@code spi}, {@code json} and Jackson, nothing else.
 */
@NullMarked
package dev.callboard.fork;

import org.jspecify.annotations.NullMarked;
