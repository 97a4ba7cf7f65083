package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Progress;
import dev.drawbridge.faults.checks.Report;
import dev.drawbridge.faults.cluster.Checksum;
import dev.drawbridge.faults.cluster.Directories;
import dev.drawbridge.faults.cluster.Distribution;
import dev.drawbridge.faults.nemesis.FaultPoints;
import dev.drawbridge.faults.nemesis.Plan;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program. It ends with 1 when something was found and with 2 when it does not understand its options. */
public final class Faults {

    private static final int FOUND = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private Faults() {}

    /** @param arguments the checkout, then the options of the launcher */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(arguments[0]);
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("drawbridge: " + wrong.getMessage());
            System.exit(NOT_UNDERSTOOD);
            return;
        }
        boolean clean = options.controls() ? new Controls(checkout, options).run() : run(checkout, options);
        System.exit(clean ? 0 : FOUND);
    }

    private static boolean run(Path checkout, Options options) throws Exception {
        Path target = checkout.resolve("faults/target");
        String tried = Checksum.of(checkout.resolve("target/drawbridge.jar"), target.resolve("classes"));
        Path state = Files.createDirectories(
                target.resolve("parts-" + options.seed() + "-" + options.parts() + "-" + tried));
        var whole = new Report();
        boolean complete = true;
        for (int part = 1; part <= options.parts(); part++) {
            Path done = state.resolve("part-" + part + ".tsv");
            if (options.runs(part) && !(options.parts() > 1 && Files.exists(done))) {
                runPart(checkout, options, part, target, whole).store(done);
            }
            if (Files.exists(done)) {
                whole.add(done);
            } else {
                complete = false;
            }
        }
        if (complete && options.plan().equals(Plan.FULL)) {
            whole.requireHits(FaultPoints.of(checkout.resolve("src/main/java")).names());
        }
        if (complete && options.plan().orders() >= Plan.SHORT.orders()) {
            whole.requireTakeOvers();
        }
        Path report = target.resolve("report.md");
        String title = "Fault run, seed " + options.seed() + (complete ? "" : ", not complete");
        Files.writeString(report, whole.markdown(title));
        System.out.println(whole.markdown(title));
        Progress.say("the report is in " + checkout.relativize(report));
        return whole.clean();
    }

    private static Report runPart(Path checkout, Options options, int part, Path target, Report earlier)
            throws Exception {
        Path directory = target.resolve("run");
        Directories.delete(directory);
        Files.createDirectories(directory);
        Plan plan = options.plan().part(part, options.parts());
        var seed = new Seed(options.seed(), part);
        Progress.say("part " + part + " of " + options.parts() + ", seed " + options.seed() + ": " + plan);
        Distribution distribution =
                Distribution.unpack(checkout.resolve("target/drawbridge.jar"), target.resolve("distribution"));
        Run.Findings findings = new Run(
                        distribution,
                        checkout.resolve("src/main/java"),
                        directory,
                        plan,
                        seed,
                        Conditions.NORMAL,
                        earlier)
                .run();
        Report report = new Report().add(findings.violations(), findings.tally());
        Files.writeString(directory.resolve("report.md"), report.markdown("Part " + part + ", seed " + options.seed()));
        if (!report.clean()) {
            System.out.println(report.markdown("Part " + part));
        }
        return report;
    }
}
