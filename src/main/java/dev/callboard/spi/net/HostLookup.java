package dev.callboard.spi.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a name; the system's resolver, or a test's. */
@FunctionalInterface
public interface HostLookup {
    /** All addresses, at least one. */
    InetAddress[] lookUp(String name) throws UnknownHostException;
}
