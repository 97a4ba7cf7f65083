package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Progress;
import dev.drawbridge.faults.checks.Report;
import dev.drawbridge.faults.cluster.Directories;
import dev.drawbridge.faults.cluster.Distribution;
import dev.drawbridge.faults.cluster.PatchedProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The negative controls: does the run catch a product that is broken on purpose? Each must be found. */
record Controls(Path checkout, Options options) {

    boolean run() throws Exception {
        Path target = checkout.resolve("faults/target");
        Distribution real =
                Distribution.unpack(checkout.resolve("target/drawbridge.jar"), target.resolve("distribution"));
        List<String> rows = new ArrayList<>();
        boolean all = true;
        for (Control control : Control.ALL) {
            if (control.name().startsWith(options.only())) {
                String row = run(control, real, target);
                all &= row.endsWith(" caught |");
                rows.add(row);
                Progress.say(row);
            }
        }
        String page = "# Negative controls\n\n| planted bug | found by | result |\n|---|---|---|\n"
                + String.join("\n", rows) + "\n";
        Files.writeString(target.resolve("controls.md"), page);
        System.out.println(page);
        return all;
    }

    private String run(Control control, Distribution real, Path target) throws Exception {
        Path directory = target.resolve("control");
        Directories.delete(directory);
        Path patch = checkout.resolve("faults/controls").resolve(control.name() + ".patch");
        if (control.isPatch() && !Files.exists(patch)) {
            return "| " + control.name() + " | | no patch |";
        }
        Distribution broken =
                control.isPatch() ? PatchedProduct.build(checkout, real, patch, target.resolve("scratch")) : real;
        Progress.say("control " + control.name() + ": " + control.plan());
        Run.Findings findings = new Run(
                        broken,
                        checkout.resolve("src/main/java"),
                        directory,
                        control.plan(),
                        new Seed(options.seed(), 1),
                        control.conditions(),
                        new Report())
                .run();
        Files.writeString(
                directory.resolve("report.md"),
                new Report().add(findings.violations(), findings.tally()).markdown("Control " + control.name()));
        List<String> found = findings.violations().counts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && !entry.getKey().startsWith("D2"))
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .toList();
        boolean caught = control.found(findings.violations());
        return "| " + control.name() + " | " + String.join("; ", found) + " | " + (caught ? "caught" : "NOT CAUGHT")
                + " |";
    }
}
