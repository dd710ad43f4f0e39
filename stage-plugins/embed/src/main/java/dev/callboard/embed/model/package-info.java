/**
 * Models that turn texts into vectors: what all of them have in common, and the one inside the plugin.
 *
 * <p>{@link dev.callboard.embed.model.MiniLm} is all-MiniLM-L6-v2, quantised to 8 bits, run by ONNX Runtime. It needs no network;
 * its native library exists for Linux on x64 with glibc alone.
 */
package dev.callboard.embed.model;
