package dev.callboard.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names of files that are made of values. */
class FileNamesTest {
    @Test
    void aValueLosesNothingAndLeadsNowhere() {
        assertThat(FileNames.part("a/b\\c:d\u0000")).isEqualTo("a_b_c_d_");
        assertThat(FileNames.safe(FileNames.part("../../etc/passwd") + ".txt")).isEqualTo("__.._etc_passwd.txt");
        assertThat(FileNames.safe(FileNames.part(".."))).isEqualTo("_");
        assertThat(FileNames.safe(FileNames.part("x/".repeat(200)) + ".txt"))
                .hasSize(120)
                .endsWith(".txt");
    }
}
