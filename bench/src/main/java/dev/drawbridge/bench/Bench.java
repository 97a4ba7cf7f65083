package dev.drawbridge.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Runs the phases one after the other on a fresh data directory and writes what was measured as Markdown. */
public final class Bench {

    private static final int WARM_UP_ORDERS = 2_000;
    private static final int BLOCKS = 3;

    private final List<String> rows = new ArrayList<>();

    private Bench() {}

    /** @param arguments the checkout to measure, and the file to write the report to */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(arguments[0]).toAbsolutePath();
        Path report = Path.of(arguments[1]).toAbsolutePath();
        Path scratch = Files.createTempDirectory("drawbridge-bench");
        var bench = new Bench();
        bench.run(checkout, scratch.resolve("data"));
        bench.write(report);
    }

    private void run(Path checkout, Path data) throws Exception {
        Files.createDirectories(data);
        try (Server first = Server.start(checkout, data)) {
            row("Ready, new data directory", "", seconds(first.readyAfter()));
        }
        try (Server server = Server.start(checkout, data);
                HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()) {
            row("Ready, existing data directory", "under 10 s", seconds(server.readyAfter()));
            var load = new Load(new Orders(client, server));
            load.closed(8, WARM_UP_ORDERS);
            int sent = WARM_UP_ORDERS;
            for (int block = 1; block <= BLOCKS; block++) {
                sent += block(load, block);
            }
            row("JVM resident memory after " + sent + " orders", "under 512 MiB", server.residentMebibytes() + " MiB");
        }
    }

    private int block(Load load, int block) throws Exception {
        String label = " (block " + block + ")";
        Load.Measured steady = load.paced(8, 50, Duration.ofSeconds(15), true);
        row("Accepted, 8 connections, 50 orders/s" + label, "median under 10 ms", quantiles(steady.accepted()));
        row("Issued after acceptance, 50 orders/s" + label, "median under 100 ms", quantiles(steady.issued()));
        Load.Measured busy = load.closed(8, 2_000);
        row("As fast as 8 connections go" + label, "", rate(busy) + "; " + quantiles(busy.accepted()));
        Load.Measured fast = load.paced(64, 300, Duration.ofSeconds(10), false);
        row(
                "300 orders/s offered, accepted and issued" + label,
                "300 orders/s",
                rate(fast) + "; " + quantiles(fast.accepted()));
        Load.Measured full = load.closed(64, 3_000);
        row("As fast as 64 connections go" + label, "", rate(full) + "; " + quantiles(full.accepted()));
        return busy.count() + steady.count() + fast.count() + full.count();
    }

    private void row(String what, String target, String measured) {
        String row = "| " + what + " | " + target + " | " + measured + " |";
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
                nothing else.

                | What | Must be | Measured |
                |---|---|---|
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        Runtime.version()));
        rows.forEach(row -> text.append(row).append('\n'));
        Files.writeString(report, text);
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
