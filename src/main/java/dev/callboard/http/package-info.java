/** The web server: contract, routes, feed and static files; the only package that knows vertx-web. */
@NullMarked
package dev.callboard.http;

import org.jspecify.annotations.NullMarked;
