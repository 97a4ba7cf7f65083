package dev.drawbridge.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.RowLock;
import dev.drawbridge.platform.outbound.HostAddresses.LookUpsBusy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups of names share threads: whose names hang must not keep others from being told. */
class HostAddressesTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final HostAddresses addresses = new HostAddresses(this::resolve, WAIT_MAX);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        hanging.countDown();
        addresses.close();
        callers.close();
    }

    @Test
    void one_name_that_hangs_holds_one_thread_however_many_ask_for_it() throws Exception {
        List<Future<String>> waiting = start(50, _ -> "hanging.example");
        RowLock.await(() -> asked.get() == 1);

        assertThat(addresses.of("good.example")).hasSize(1);
        for (Future<String> each : waiting) {
            assertThat(each.get()).isEqualTo("UnknownHostException");
        }
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void a_name_that_nobody_was_free_to_ask_for_is_not_unknown() throws Exception {
        List<Future<String>> waiting = start(16, number -> "hanging" + number + ".example");
        RowLock.await(() -> asked.get() == 16);

        assertThatThrownBy(() -> addresses.of("good.example")).isInstanceOf(LookUpsBusy.class);
        for (Future<String> each : waiting) {
            assertThat(each.get()).isEqualTo("UnknownHostException");
        }
    }

    @Test
    void those_who_cannot_even_wait_are_not_unknown_either() throws Exception {
        start(16, number -> "hanging" + number + ".example");
        RowLock.await(() -> asked.get() == 16);
        List<Future<String>> waiting = start(300, number -> "good" + number + ".example");

        List<String> answers = new ArrayList<>();
        for (Future<String> each : waiting) {
            answers.add(each.get());
        }
        assertThat(answers).hasSize(300).containsOnly("LookUpsBusy");
    }

    @Test
    void names_that_were_slow_leave_the_threads_to_the_others() throws Exception {
        try (var patient = new HostAddresses(this::resolve, Duration.ofSeconds(30))) {
            for (Future<String> each : start(patient, 16, number -> "slow" + number + ".example")) {
                assertThat(each.get()).isEqualTo("1.1.1.1");
            }
            List<Future<String>> again = start(patient, 40, number -> "slow" + number % 16 + ".example");
            RowLock.await(() -> asked.get() >= 20);
            assertThat(patient.of("good.example")).hasSize(1);
            assertThat(asked.get()).as("four slow ones at once").isLessThan(32);
            for (Future<String> each : again) {
                assertThat(each.get()).isEqualTo("1.1.1.1");
            }
        }
    }

    private interface Naming {
        String name(int number);
    }

    private List<Future<String>> start(int count, Naming naming) {
        return start(addresses, count, naming);
    }

    private List<Future<String>> start(HostAddresses of, int count, Naming naming) {
        List<Future<String>> answers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String host = naming.name(number);
            Callable<String> asking = () -> {
                try {
                    return of.of(host).getFirst().getHostAddress();
                } catch (UnknownHostException unknown) {
                    return unknown.getClass().getSimpleName();
                }
            };
            answers.add(callers.submit(asking));
        }
        return answers;
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        asked.incrementAndGet();
        try {
            if (host.startsWith("hanging")) {
                hanging.await();
            } else if (host.startsWith("slow")) {
                Thread.sleep(Duration.ofMillis(1_100));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.ofLiteral("1.1.1.1")};
    }
}
