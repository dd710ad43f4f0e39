package dev.callboard.download;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A context, a server to fetch from, and a file of bytes that do not compress. */
abstract class DownloadFixture {
    static final byte[] FILE = new byte[200_000];

    final TestContext context = new TestContext();
    TestServer server;

    static {
        new Random(7).nextBytes(FILE);
    }

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** Sends the head of the whole file and then only some of its bytes. */
    static void breakOff(OutputStream out, int sent, String... headers) throws IOException {
        TestServer.head(out, 200, headers);
        TestServer.write(out, "Content-Length: " + FILE.length + "\r\n\r\n");
        out.write(FILE, 0, sent);
    }
}
