package dev.drawbridge.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.RowLock;
import dev.drawbridge.platform.postgres.ExternalCommand.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExternalCommandTest {

    @Test
    void a_command_succeeds_or_not_and_all_its_output_is_there() {
        assertThat(ExternalCommand.run(List.of("sh", "-c", "echo out; echo err >&2")))
                .isEqualTo(new Outcome(true, "out\nerr"));
        assertThat(ExternalCommand.run(List.of("sh", "-c", "echo no; exit 3"))).isEqualTo(new Outcome(false, "no"));
        assertThat(ExternalCommand.run(List.of("sh", "-c", "head -c 200000 /dev/zero | tr '\\0' x"))
                        .output())
                .as("more than a pipe holds")
                .hasSize(200_000);
        assertThat(ExternalCommand.run(List.of("no-such-command")).succeeded()).isFalse();
    }

    @Test
    void one_that_does_not_end_in_its_time_is_ended_with_what_it_has_started() {
        List<String> endless = List.of("sh", "-c", "sleep 7391; echo over");

        assertThat(ExternalCommand.run(endless, Duration.ofSeconds(1)))
                .isEqualTo(new Outcome(false, "sh did not end in 1 s"));

        RowLock.await(() -> ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .noneMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 7391")));
    }

    @Test
    void one_that_lets_go_of_its_output_and_goes_on_does_not_end_either() {
        assertThat(ExternalCommand.run(List.of("sh", "-c", "exec >&- 2>&-; sleep 7392"), Duration.ofSeconds(1)))
                .isEqualTo(new Outcome(false, "sh did not end in 1 s"));
    }

    @Test
    void a_thread_that_was_interrupted_before_runs_it_all_the_same_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        Outcome outcome = ExternalCommand.run(List.of("echo", "done"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome(true, "done"));
    }
}
