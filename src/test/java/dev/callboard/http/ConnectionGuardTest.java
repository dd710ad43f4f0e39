package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.RawSocket;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection may do before and between its requests. */
class ConnectionGuardTest extends UntouchedServer {
    @Test
    void aConnectionThatNeverFinishesItsFirstRequestIsClosed() throws IOException {
        assertThat(dripped("")).as("the end of the stream").isEqualTo(-1);
    }

    @Test
    void aConnectionThatNeverFinishesALaterRequestIsClosed() throws IOException {
        assertThat(dripped("HEAD /api/vp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                .as("the end of the stream")
                .isEqualTo(-1);
    }

    private static int dripped(String first) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(40_000);
            socket.getOutputStream().write(ascii(first));
            if (!first.isEmpty()) {
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) socket.getInputStream().read());
                }
            }
            socket.getOutputStream().write(ascii("GET /api/vp HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "));
            return socket.getInputStream().read();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 127, 200, 1_000})
    void requestsThatDoNotWaitAreAllAnsweredInOrder(int count) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String last = i == count - 1 ? "Connection: close\r\n" : "";
            requests.append("GET /api/vp/stages/nothing-" + i + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + last + "\r\n");
        }
        String answers = RawSocket.exchange(server.uri(), requests.toString());
        assertThat(Pattern.compile("HTTP/1.1 404 ").matcher(answers).results().count())
                .isEqualTo(count);
        assertThat(Pattern.compile("'nothing-(\\d+)'")
                        .matcher(answers)
                        .results()
                        .map(found -> Integer.valueOf(found.group(1))))
                .isSorted()
                .hasSize(count);
    }

    @Test
    void chunksThatCannotBeReadAreAnswered() throws IOException {
        String answer = RawSocket.exchange(
                server.uri(),
                "POST /api/vp/stages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"invalid_request\"");
    }

    @Test
    void aBodyAfterItsAnswerDoesNotHoldTheNextRequestBack() throws IOException {
        String answers = RawSocket.exchange(
                server.uri(),
                "GET /api/vp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}"
                        + "GET /api/vp HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 400 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void aFrameThatCannotBeReadIsClosedWithItsCode() throws IOException {
        try (RawSocket socket = RawSocket.connect(server.uri())) {
            assertThat(socket.upgrade(server.uri())).startsWith("HTTP/1.1 101 ");
            // A text frame without a mask.
            socket.write("\u0081\u0002{}".getBytes(StandardCharsets.ISO_8859_1));
            byte[] end = socket.readToEnd();
            assertThat(end[0] & 0xff).isEqualTo(0x88);
            assertThat((end[2] & 0xff) << 8 | end[3] & 0xff).isEqualTo(1002);
        }
    }
}
