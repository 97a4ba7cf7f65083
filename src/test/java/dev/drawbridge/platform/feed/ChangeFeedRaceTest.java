package dev.drawbridge.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.TestCompanyRows;
import dev.drawbridge.platform.database.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Writers that pause at random and sometimes roll back, two sequencers, readers that follow. With positions that were
 * taken while writing, a reader would miss about a third of the rows here.
 */
@Timeout(90)
class ChangeFeedRaceTest {

    private static final Duration WRITING = Duration.ofSeconds(3);
    private static final int WRITERS = 8;
    private static final int READERS = 3;
    private static final int PAUSE_MILLIS_MAX = 40;
    private static final int PAGE = 50;

    private final ChangeFeed feed = TestServer.running().bean(ChangeFeed.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final CompanyId company = TestCompanyRows.insert();
    private final UUID partner = UUID.randomUUID();
    private final ChangeLog log = new ChangeLog(company, partner);
    private final Set<UUID> committed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicBoolean stamping = new AtomicBoolean(true);

    @Test
    void readers_who_follow_writers_miss_nothing_and_see_every_position_once() throws Exception {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> writers = start(threads, WRITERS, this::write);
            List<Future<?>> sequencers = start(threads, 2, this::stamp);
            List<Future<List<Long>>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.submit(this::follow));
            }
            Thread.sleep(WRITING);
            writing.set(false);
            for (Future<?> writer : writers) {
                writer.get();
            }
            feed.stamp(company);
            stamping.set(false);
            for (Future<?> sequencer : sequencers) {
                sequencer.get();
            }
            assertThat(committed).hasSizeGreaterThan(100);
            for (Future<List<Long>> reader : readers) {
                assertThat(reader.get()).isEqualTo(consecutive(committed.size()));
            }
        }
    }

    private static List<Future<?>> start(ExecutorService threads, int count, Callable<?> work) {
        List<Future<?>> started = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            started.add(threads.submit(work));
        }
        return started;
    }

    private boolean write() {
        while (writing.get()) {
            UUID first = UUID.randomUUID();
            UUID second = UUID.randomUUID();
            Runnable work = () -> {
                log.write(first);
                pause();
                log.write(second);
                pause();
            };
            if (ThreadLocalRandom.current().nextInt(10) == 0) {
                log.inTransactionThatFails(work);
            } else {
                log.inTransaction(work);
                committed.add(first);
                committed.add(second);
            }
        }
        return true;
    }

    private boolean stamp() {
        while (stamping.get()) {
            feed.stamp(company);
            pause();
        }
        return true;
    }

    /** The positions that a reader saw, in its order, having asked on after the last one each time. */
    private List<Long> follow() {
        List<Long> positions = new ArrayList<>();
        Set<UUID> rows = ConcurrentHashMap.newKeySet();
        boolean last = false;
        while (true) {
            boolean over = !stamping.get();
            long after = positions.isEmpty() ? 0 : positions.getLast();
            List<Change> page = transactions.inCompany(
                    company,
                    transaction ->
                            feed.after(transaction, new FeedList(company, ChangeKind.ORDER, partner), after, PAGE));
            page.forEach(change -> positions.add(change.position()));
            page.forEach(change -> rows.add(change.rowId()));
            if (page.isEmpty() && over && last) {
                assertThat(rows).isEqualTo(committed);
                return positions;
            }
            last = over;
            pause();
        }
    }

    private static List<Long> consecutive(int count) {
        List<Long> numbers = new ArrayList<>();
        for (long number = 1; number <= count; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS_MAX));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
