package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.net.AddressRules;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be reached is not reached: the server here counts connections, whatever they bring. */
class AddressesTest {
    private static final String LITERALS =
            """
            127.0.0.1 127.9.9.9 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 127.1 0 0.0.0.0
            127.0.0.1. 127.000.000.001 \uFF11\uFF12\uFF17.0.0.1 127\u30020\u30020\u30021 [::1] [::]
            [::ffff:7f00:1] [::ffff:127.0.0.1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [64:ff9b::7f00:1]
            [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fe80::1%25lo]
            [fe80::1%lo] [::1%25lo] [fc00::1] [fd12:3456::1] [fec0::1] [ff02::1] [2001:db8::1]
            [3fff::1] [100::1] 169.254.169.254 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255
            192.168.1.1 100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255
            198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
            """;

    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final TestContext context =
            new TestContext().operator("allow", List.of()).with("attempts", 1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = server("127.0.0.1", 0);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : servers) {
            each.close();
        }
    }

    private TestServer server(String address, int port) throws Exception {
        TestServer made = new TestServer(address, port).on("/", 200, "reached");
        servers.add(made);
        return made;
    }

    /** Runs the stage with answers of a resolver: name to addresses, one list for each question. */
    private Map<?, ?> output(String url, Map<String, List<List<String>>> answers) throws Exception {
        DownloadStage stage = new DownloadStage(
                name -> {
                    int asked = (int) lookedUp.stream().filter(name::equals).count();
                    lookedUp.add(name);
                    List<InetAddress> found = new ArrayList<>();
                    if (!answers.containsKey(name)) {
                        throw new UnknownHostException(name);
                    }
                    for (String address : answers.get(name).get(asked)) {
                        found.add(InetAddress.getByName(address));
                    }
                    return found.toArray(InetAddress[]::new);
                },
                context::now,
                context::pause);
        context.with("urls", List.of(url)).with("on_error", "continue");
        return (Map<?, ?>) stage.execute(context, List.of());
    }

    private static Object code(Map<?, ?> output) {
        return TestContext.maps(output.get("errors")).get(0).get("code");
    }

    static Stream<String> literals() {
        return Stream.of(LITERALS.strip().split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void literalsOfOtherNetworksAreRefusedBeforeAConnection(String host) throws Exception {
        // The counting server's port is permitted, so that only the address can be what is refused.
        context.operator("ports", List.of(server.port()));
        assertThat(context.error("http://" + host + ":" + server.port() + "/").get("code"))
                .isEqualTo("address_refused");
        assertThat(server.connections).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.", "l\u00F6calhost.test"})
    void namesOfOtherNetworksAreRefusedBeforeAConnection(String host) throws Exception {
        context.operator("ports", List.of(server.port()));
        Map<?, ?> output = output(
                "http://" + host + ":" + server.port() + "/",
                Map.of(
                        "localhost",
                        List.of(List.of("127.0.0.1", "::1")),
                        IDN.toASCII("l\u00F6calhost.test"),
                        List.of(List.of("127.0.0.1"))));
        assertThat(lookedUp)
                .isSubsetOf("localhost", IDN.toASCII("l\u00F6calhost.test"))
                .hasSize(1);
        assertThat(code(output)).isEqualTo("address_refused");
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void aRedirectToAnotherNetworkIsRefused() throws Exception {
        TestServer inside = server("127.0.0.2", 0);
        for (String target : List.of(
                "http://127.0.0.2:" + inside.port() + "/",
                "//127.0.0.2:" + inside.port() + "/",
                "file:///etc/passwd",
                "gopher://127.0.0.2/",
                "http://a:b@127.0.0.1/",
                "http://2130706434:" + inside.port() + "/")) {
            server.on("/out", 302, "", "Location: " + target);
            Map<?, ?> error = new TestContext().error(server.url("/out"));
            assertThat(error.get("code")).as(target).isEqualTo("address_refused");
            assertThat((String) error.get("detail")).contains("leads there from '127.0.0.1'");
        }
        assertThat(inside.connections).hasValue(0);
    }

    @Test
    void aNameThatChangesItsAddressIsAskedOncePerConnectionAndRefused() throws Exception {
        TestServer outside = server("127.0.0.2", 0);
        TestServer inside = server("127.0.0.1", outside.port());
        outside.on("/again", 302, "", "Location: /");
        context.operator("allow", List.of("127.0.0.2/32")).operator("ports", List.of(outside.port()));
        Map<?, ?> output = output(
                "http://rebind.test:" + outside.port() + "/again",
                Map.of("rebind.test", List.of(List.of("127.0.0.2"), List.of("127.0.0.1"))));
        assertThat(code(output)).isEqualTo("address_refused");
        assertThat(lookedUp).containsExactly("rebind.test", "rebind.test");
        assertThat(outside.connections).hasValue(1);
        assertThat(inside.connections).hasValue(0);
    }

    @Test
    void ofSeveralAddressesOnlyThePermittedOnesAreUsed() throws Exception {
        TestServer outside = server("127.0.0.2", 0);
        TestServer inside = server("127.0.0.1", outside.port());
        context.operator("allow", List.of("127.0.0.2/32"));
        Map<?, ?> output = output(
                "http://both.test:" + outside.port() + "/",
                Map.of("both.test", List.of(List.of("127.0.0.1", "127.0.0.2"))));
        assertThat(TestContext.files(output)).hasSize(1);
        assertThat(lookedUp).hasSize(1);
        assertThat(outside.connections).hasValue(1);
        assertThat(inside.connections).hasValue(0);
    }

    @Test
    void theOperatorsListsDecide() throws Exception {
        Map<String, List<List<String>>> names =
                Map.of("files.test", List.of(List.of("127.0.0.1"), List.of("127.0.0.1"), List.of("127.0.0.1")));
        String url = "http://files.test:" + server.port() + "/";
        context.operator("allow", List.of("files.test"));
        assertThat(TestContext.files(output(url, names))).hasSize(1);
        context.operator("allow", List.of("*.test:" + server.port()));
        assertThat(TestContext.files(output(url, names))).hasSize(1);
        context.operator("allow", List.of("files.test:1", "*.other.test", "10.0.0.0/8"));
        assertThat(code(output(url, names))).isEqualTo("address_refused");
        assertThat(server.connections).hasValue(2);

        context.operator("allow", List.of("files.test")).operator("deny", List.of("files.test"));
        assertThat(code(output(url, names))).isEqualTo("address_refused");
        context.operator("allow", List.of("127.0.0.1")).operator("deny", List.of("127.0.0.0/8"));
        Map<?, ?> denied = output(server.url("/"), Map.of());
        assertThat(TestContext.maps(denied.get("errors")).get(0).get("detail"))
                .isEqualTo("The server's operator does not allow '127.0.0.1'.");
        assertThat(lookedUp).hasSize(3);
        assertThat(server.connections).hasValue(2);
    }

    @Test
    void internationalNamesAreOneNameToAll() throws Exception {
        String name = IDN.toASCII("b\u00FCcher.test");
        context.operator("allow", List.of(name));
        Map<?, ?> output =
                output("http://B\u00DCcher.test:" + server.port() + "/", Map.of(name, List.of(List.of("127.0.0.1"))));
        assertThat(TestContext.files(output)).hasSize(1);
        assertThat(lookedUp).containsExactly(name);
        assertThat(server.requests.get(0).header("Host")).isEqualTo(name + ":" + server.port());
    }

    @Test
    void otherPortsAreRefused() throws Exception {
        Map<String, List<List<String>>> names = Map.of("public.test", List.of(List.of("93.184.215.14")));
        Map<?, ?> output = output("http://public.test:22/", names);
        assertThat(TestContext.maps(output.get("errors")).get(0).get("detail"))
                .isEqualTo("Port 22 is not among those that may be reached: 80, 443, 8080, 8443.");
    }

    @Test
    void thePipelineCannotWidenWhatTheOperatorAllows() throws Exception {
        context.with("allow", List.of("127.0.0.0/8")).with("ports", List.of(server.port()));
        assertThat(context.error(server.url("/")).get("code")).isEqualTo("address_refused");
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void whatTheServerAllowsIsAddedAndWhatItRefusesStays() throws Exception {
        context.network(new AddressRules(List.of("127.0.0.1:" + server.port()), List.of(), Set.of(443)));
        assertThat(context.text(context.file(server.url("/")))).isEqualTo("reached");
        TestServer other = server("127.0.0.1", 0);
        assertThat(TestContext.maps(output(other.url("/"), Map.of()).get("errors"))
                        .get(0)
                        .get("code"))
                .isEqualTo("address_refused");
        context.operator("allow", List.of("127.0.0.1"))
                .network(new AddressRules(List.of(), List.of("127.0.0.0/8:" + server.port()), Set.of(443)));
        assertThat(code(output(server.url("/"), Map.of()))).isEqualTo("address_refused");
        assertThat(TestContext.files(output(other.url("/"), Map.of()))).hasSize(1);
    }

    @Test
    void proxiesOfTheJvmAreNotUsed() throws Exception {
        TestServer proxy = server("127.0.0.1", 0);
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
        System.setProperty("http.nonProxyHosts", "");
        try {
            context.operator("allow", List.of("127.0.0.1"));
            assertThat(context.text(context.file(server.url("/")))).isEqualTo("reached");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
        assertThat(proxy.connections).hasValue(0);
        assertThat(server.connections).hasValue(1);
    }
}
