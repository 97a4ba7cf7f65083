package dev.drawbridge.faults.checks;

import dev.drawbridge.faults.cluster.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold when all is quiet: the questions of {@code checks.sql}, and what the logs say. */
public final class Checks {

    private static final Pattern CHECK = Pattern.compile("-- check (.+)\n([^;]+);");

    private final Violations violations;

    public Checks(Violations violations) {
        this.violations = violations;
    }

    /** @param prefix of the checks' names: of which database; empty: the run's own */
    public void askDatabase(Connection connection, String prefix) throws IOException, SQLException {
        Matcher checks = CHECK.matcher(Resources.text("checks.sql"));
        while (checks.find()) {
            String name = prefix + checks.group(1).strip();
            violations.made(name);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(checks.group(2))) {
                while (rows.next()) {
                    violations.add(name, row(rows));
                }
            } catch (SQLException failure) {
                throw new SQLException("The check " + name + " cannot be asked: " + failure.getMessage(), failure);
            }
        }
    }

    private static String row(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            values.add(rows.getString(column));
        }
        return String.join(" | ", values);
    }

    /** No deadlock at all, for there is one lock order. */
    public void lookForDeadlocks(Path postgresLog) throws IOException {
        String check = "D1 deadlocks (40P01)";
        violations.made(check);
        try (Stream<String> lines = Files.lines(postgresLog)) {
            lines.filter(line -> line.contains(" 40P01 ") && line.contains("ERROR"))
                    .forEach(line -> violations.add(check, line));
        }
    }

    public void lookForSecrets(List<Path> logs, List<String> secrets) throws IOException {
        String check = "C20 secrets and guests in logs";
        violations.made(check);
        for (Path log : logs) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.filter(line -> secrets.stream().anyMatch(line::contains))
                        .forEach(line -> violations.add(check, log.getFileName() + ": " + line));
            }
        }
    }

    /** Without these the run did not test what it claims. */
    public void requireCounted(Tally tally) {
        for (String name : Metrics.NAMES) {
            String check = "D2 " + name + " above 0";
            violations.made(check);
            if (tally.of(name) == 0) {
                violations.add(check, "it is 0, or no node publishes it");
            }
        }
    }
}
