package dev.drawbridge.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Runs the phases one after the other on a fresh data directory and writes what was measured as Markdown. */
public final class Bench {

    private static final int WARM_UP_ORDERS = 2_000;
    private static final int BLOCKS = 3;
    private static final int RESIDENT_MEBIBYTES_MAX = 512;
    private static final Duration READY_MAX = Duration.ofSeconds(10);
    private static final Duration OFFERED = Duration.ofSeconds(10);
    private static final Duration LAST_ISSUED_WITHIN = Duration.ofSeconds(1);

    private final List<String> rows = new ArrayList<>();

    private Bench() {}

    /** @param arguments the checkout to measure, and the file to write the report to */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(arguments[0]).toAbsolutePath();
        Path report = Path.of(arguments[1]).toAbsolutePath();
        Path scratch = Files.createTempDirectory("drawbridge-bench");
        var bench = new Bench();
        try {
            bench.run(checkout, scratch.resolve("data"));
        } catch (Exception failure) {
            System.err.println("What the server said is in " + scratch);
            throw failure;
        }
        bench.write(report);
        delete(scratch);
    }

    private void run(Path checkout, Path data) throws Exception {
        Files.createDirectories(data);
        try (Server first = Server.start(checkout, data)) {
            row("Ready, new data directory", seconds(first.readyAfter()));
        }
        try (Server server = Server.start(checkout, data);
                HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()) {
            row(
                    "Ready, existing data directory",
                    "under 10 s",
                    seconds(server.readyAfter()),
                    server.readyAfter().compareTo(READY_MAX) < 0);
            var load = new Load(new Orders(client, server));
            load.closed(8, WARM_UP_ORDERS);
            int sent = WARM_UP_ORDERS;
            for (int block = 1; block <= BLOCKS; block++) {
                sent += block(load, block);
            }
            long resident = server.residentMebibytes();
            row(
                    "JVM resident memory after " + sent + " orders",
                    "under 512 MiB",
                    resident + " MiB",
                    resident < RESIDENT_MEBIBYTES_MAX);
        }
    }

    private int block(Load load, int block) throws Exception {
        String label = " (block " + block + ")";
        Load.Measured steady = load.paced(8, 50, Duration.ofSeconds(15), true);
        row(
                "Accepted, 8 connections, 50 orders/s" + label,
                "median under 10 ms",
                quantiles(steady.accepted()),
                medianMillis(steady.accepted()) < 10);
        row(
                "Issued after acceptance, 50 orders/s" + label,
                "median under 100 ms",
                quantiles(steady.issued()),
                medianMillis(steady.issued()) < 100);
        Load.Measured busy = load.closed(8, 2_000);
        row("As fast as 8 connections go" + label, rate(busy) + "; " + quantiles(busy.accepted()));
        Load.Measured fast = load.paced(64, 300, OFFERED, false);
        row(
                "300 orders/s offered, accepted and issued" + label,
                "300 orders/s",
                rate(fast) + "; " + quantiles(fast.accepted()),
                fast.took().compareTo(OFFERED.plus(LAST_ISSUED_WITHIN)) <= 0);
        Load.Measured full = load.closed(64, 3_000);
        row("As fast as 64 connections go" + label, rate(full) + "; " + quantiles(full.accepted()));
        return busy.count() + steady.count() + fast.count() + full.count();
    }

    /** What has no target: it is there to be compared with. */
    private void row(String what, String measured) {
        row(what, "", measured, true);
    }

    private void row(String what, String target, String measured, boolean met) {
        String row = "| " + what + " | " + target + " | " + measured + (met ? "" : "; **missed**") + " |";
        rows.add(row);
        System.out.println(row);
    }

    private void write(Path report) throws IOException {
        var text = new StringBuilder("""
                # What this machine measured

                Written by `./drawbridge bench` on %s: %d processors, %s, Java %s. Server, PostgreSQL (durable: fsync,
                synchronous_commit, full_page_writes on) and load generator share the machine, so read ratios within one
                block, and the spread between the blocks as the noise. Every order is the documented one: two wallets of
                one ticket. "Issued after acceptance" counts from the answer 201 to the first sight of `Issued` by a
                client that reads the order every 20 ms. "As fast as N connections go": each sends its next order when
                the last one was answered, so its latency says how many orders the machine settles in a second and
                nothing else. 300 orders/s are met when all that were offered in %d s are issued %d s later; the rate
                beside it counts that time as well.

                | What | Must be | Measured |
                |---|---|---|
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        Runtime.version(),
                        OFFERED.toSeconds(),
                        LAST_ISSUED_WITHIN.toSeconds()));
        rows.forEach(row -> text.append(row).append('\n'));
        Files.writeString(report, text);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static double medianMillis(Histogram micros) {
        return micros.getValueAtPercentile(50) / 1_000.0;
    }

    private static String quantiles(Histogram micros) {
        return "median " + millis(micros.getValueAtPercentile(50)) + ", p95 " + millis(micros.getValueAtPercentile(95))
                + ", p99 " + millis(micros.getValueAtPercentile(99)) + ", max " + millis(micros.getMaxValue());
    }

    private static String rate(Load.Measured measured) {
        return String.format(Locale.ROOT, "%.0f orders/s", measured.perSecond());
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
