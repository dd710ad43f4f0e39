package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the database is. */
class DatabaseConfigTest extends ConfigFixture {
    private DatabaseConfig at(String url) throws ConfigException {
        return Objects.requireNonNull(
                load(Map.of("database.url", url), Map.of()).database());
    }

    @Test
    void withoutAnAddressItIsInTheDataFolder() throws Exception {
        assertThat(load(Map.of(), Map.of()).database()).isNull();
    }

    @Test
    void elsewhereItIsReachedWithItsCertificateVerified() throws Exception {
        assertThat(at("postgresql://db.example.org/board"))
                .isEqualTo(new DatabaseConfig(
                        "db.example.org", 5432, "board", "callboard", null, "verify-full", null, 10));
    }

    @Test
    void onThisMachineItIsReachedWithoutTls() throws Exception {
        assertThat(at("postgresql://127.0.0.1:5433/board").sslMode()).isEqualTo("disable");
        assertThat(at("jdbc:postgresql://localhost/board").sslMode()).isEqualTo("disable");
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        file("database:\n  url: postgres://db.example.org:6000/board?sslmode=require&sslrootcert=/etc/own.pem\n"
                + "  user: writer\n  password_env: BOARD_PASSWORD\n  pool: 20\n");
        assertThat(load(Map.of(), Map.of()).database())
                .isEqualTo(new DatabaseConfig(
                        "db.example.org",
                        6000,
                        "board",
                        "writer",
                        "BOARD_PASSWORD",
                        "require",
                        Path.of("/etc/own.pem"),
                        20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://db.example.org/board",
                "db.example.org",
                "postgresql:///board",
                "postgresql://db.example.org",
                "postgresql://db.example.org/",
                "postgresql://db.example.org/a/b",
                "postgresql://db.example.org/board?sslmode=prefer",
                "postgresql://db.example.org/board?options=-c",
                "postgresql://db example/board",
            })
    void anythingElseIsRefused(String url) {
        assertThat(errors(Map.of("database.url", url), Map.of()))
                .singleElement()
                .asString()
                .startsWith("database.url must be an address such as postgresql://");
    }

    @Test
    void aPasswordHasNoPlaceInTheAddressAndIsNotRepeated() {
        List<String> errors = errors(Map.of("database.url", "postgresql://me:hush@db.example.org/board"), Map.of());
        assertThat(errors)
                .singleElement()
                .asString()
                .contains("database.password_env")
                .doesNotContain("hush");
    }

    @Test
    void thePasswordIsNamedNotSaid() {
        assertThat(errors(Map.of("database.password_env", "not a name"), Map.of()))
                .singleElement()
                .asString()
                .startsWith("database.password_env");
    }
}
