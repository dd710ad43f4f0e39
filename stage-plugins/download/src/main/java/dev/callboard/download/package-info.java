/** The stage download: finds addresses, fetches them with retries and limits, and keeps the bytes in the content store. */
package dev.callboard.download;
