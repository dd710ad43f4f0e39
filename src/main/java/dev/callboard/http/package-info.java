/** The web server: contract, routes and static files. It and the feed alone know vertx-web. */
@NullMarked
package dev.callboard.http;

import org.jspecify.annotations.NullMarked;
