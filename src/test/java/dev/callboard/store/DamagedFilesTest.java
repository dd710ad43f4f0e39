package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the database that are not what a killed process left behind. */
class DamagedFilesTest {
    private static final int WRITES = 40;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    private Path crashed;
    private DatabaseFiles files;

    @BeforeEach
    void crash() throws IOException {
        Path living = Files.createDirectories(dir.resolve("living"));
        crashed = Files.createDirectories(dir.resolve("crashed"));
        files = new DatabaseFiles(crashed);
        try (DataFolder folder = DataFolder.open(living)) {
            Database database = await(Database.open(vertx, folder));
            for (int i = 1; i <= WRITES; i++) {
                int id = i;
                await(database.write(transaction -> insert(transaction, id)));
            }
            copy(living.resolve("db"), files.folder());
            await(database.close());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** What is found and what is read. */
    private record Opened(List<String> findings, Set<Integer> ids) {}

    private Opened open() {
        try (DataFolder folder = DataFolder.open(crashed)) {
            Database database = await(Database.open(vertx, folder));
            Opened opened = new Opened(database.storage().findings(), UnsureCommitTest.ids(database));
            await(database.close());
            return opened;
        }
    }

    private static Set<Integer> all() {
        return IntStream.rangeClosed(1, WRITES).boxed().collect(Collectors.toSet());
    }

    private List<String> copies() throws IOException {
        Path damaged = crashed.resolve("damaged");
        if (!Files.exists(damaged)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(damaged)) {
            return all.map(copy -> copy.getFileName().toString()).sorted().toList();
        }
    }

    private int placeInLog(int id) throws IOException {
        String log = Files.readString(files.log(), StandardCharsets.ISO_8859_1);
        int place = log.indexOf("VALUES(" + id + ",'e'");
        assertThat(place).isPositive();
        return place;
    }

    private static void put(Path file, int at, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] put = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(put, 0, bytes, at, put.length);
        Files.write(file, bytes);
    }

    @Test
    void filesOfAKilledProcessAreOpenedWithoutAWord() throws IOException {
        assertThat(open()).isEqualTo(new Opened(List.of(), all()));
        assertThat(copies()).isEmpty();
    }

    @Test
    void aTornLastStatementIsDroppedAndKeptAside() throws IOException {
        Files.writeString(files.log(), "/*C7*/INSERT INTO palette_state VAL", StandardOpenOption.APPEND);
        assertThat(open()).isEqualTo(new Opened(List.of(), all()));
        assertThat(copies()).containsExactly("torn-0001");
        assertThat(crashed.resolve("damaged/torn-0001/callboard.log")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "XALUES(", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"})
    void damageInTheLogIsSaidAndWhatFollowsIsRead(String damage) throws IOException {
        put(files.log(), placeInLog(20), damage);
        Opened opened = open();
        assertThat(opened.findings()).isNotEmpty().allSatisfy(finding -> assertThat(finding)
                .contains("db/callboard.log")
                .contains(crashed.resolve("damaged/log-0001").toString()));
        assertThat(opened.ids()).containsAll(without(all(), 20));
        assertThat(crashed.resolve("damaged/log-0001/callboard.log")).exists();
        assertThat(open().findings()).as("it is said once").isEmpty();
    }

    @Test
    void aChangedValueIsNoticed() throws IOException {
        put(files.log(), placeInLog(20) + "VALUES(20,'".length(), "f");
        Opened opened = open();
        assertThat(opened.findings()).singleElement().asString().contains("db/callboard.log is damaged between byte");
        assertThat(opened.ids()).isEqualTo(all());
    }

    @Test
    void theLastCommitIsKnownToHaveBeenOne() throws IOException {
        byte[] log = Files.readAllBytes(files.log());
        put(files.log(), log.length - 3, "J");
        Opened opened = open();
        assertThat(opened.findings()).isNotEmpty();
        assertThat(opened.ids()).isEqualTo(all());
    }

    @Test
    void aLogThatEndsTooEarlyIsSaid() throws IOException {
        byte[] log = Files.readAllBytes(files.log());
        Files.write(files.log(), java.util.Arrays.copyOf(log, placeInLog(20)));
        Opened opened = open();
        assertThat(opened.findings()).anySatisfy(finding -> assertThat(finding)
                .contains("db/callboard.log ends")
                .contains("before the last acknowledged change"));
        assertThat(opened.ids())
                .containsAll(IntStream.rangeClosed(1, 19).boxed().toList());
        assertThat(copies()).contains("log-0001");
    }

    @Test
    void aLogThatIsGoneIsSaid() throws IOException {
        Files.delete(files.log());
        assertThat(open().findings()).singleElement().asString().contains("db/callboard.log is missing");
    }

    @Test
    void damagedPropertiesAreMadeAnew() throws IOException {
        for (String damage : List.of("modified=yes", "version=", "tx_timestamp")) {
            byte[] good = Files.readAllBytes(files.properties());
            int at = new String(good, StandardCharsets.ISO_8859_1).indexOf(damage);
            put(files.properties(), at + 3, "\0");
            Path again = dir.resolve("again-" + damage.charAt(0));
            copy(files.folder(), again.resolve("db"));
            Path before = crashed;
            crashed = again;
            Opened opened = open();
            assertThat(opened.findings()).singleElement().asString().contains("db/callboard.properties");
            assertThat(opened.ids()).isEqualTo(all());
            crashed = before;
            Files.write(files.properties(), good);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"callboard.script", "callboard.data"})
    void aFileThatIsNeededWholeIsNamedWithTheWayBack(String name) throws IOException {
        Path file = files.folder().resolve(name);
        byte[] good = Files.readAllBytes(file);
        put(file, 700, "\0\1\2");
        assertThatThrownBy(this::open)
                .cause()
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("database_damaged")
                .hasMessageContaining("db/" + name)
                .hasMessageContaining("backup");
        assertThatThrownBy(this::open).as("nothing was changed").cause().hasMessageContaining("db/" + name);
        Files.write(file, good);
        assertThat(open().ids()).isEqualTo(all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"callboard.script", "callboard.data"})
    void aMissingFileIsNamedWithTheWayBack(String name) throws IOException {
        Files.delete(files.folder().resolve(name));
        assertThatThrownBy(this::open)
                .cause()
                .hasMessageContaining("db/" + name + " is missing")
                .hasMessageContaining("backup");
    }

    @Test
    void withoutChecksumsALineThatIsNoStatementIsStillFound() throws IOException {
        Files.delete(files.sums());
        put(files.log(), placeInLog(20), "\0");
        Opened opened = open();
        assertThat(opened.findings()).isNotEmpty();
        assertThat(opened.ids()).isEqualTo(without(all(), 20));
        assertThat(copies()).containsExactly("log-0001");
    }

    @Test
    void copiesAreBounded() throws IOException {
        for (int i = 0; i < DamagedCopies.KEPT + 3; i++) {
            new DamagedCopies(crashed).keep("torn", List.of(files.log()));
        }
        assertThat(copies())
                .hasSize(DamagedCopies.KEPT)
                .contains("torn-000" + (DamagedCopies.KEPT + 3))
                .doesNotContain("torn-0001");
    }

    private static Set<Integer> without(Set<Integer> ids, int one) {
        return ids.stream().filter(id -> id != one).collect(Collectors.toSet());
    }
}
