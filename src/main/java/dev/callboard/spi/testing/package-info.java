/**
 * What a plugin's tests need in place of a server: a context that a test fills and reads, with a blob store in memory.
 *
 * <p>It is a jar of its own, {@code callboard-<version>-testkit.jar}, for the scope {@code test}: the server does not have it,
 * and a plugin jar that holds it is refused. It depends on {@code java.*} and {@link dev.callboard.spi} alone.
 */
package dev.callboard.spi.testing;
