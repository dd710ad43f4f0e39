package dev.callboard.feed;

/**
 * A change of a topic that is to be sent.
 *
 * @param revision of the topic after it
 * @param frame a JSON text
 */
record FeedChange(long revision, String frame) {}
