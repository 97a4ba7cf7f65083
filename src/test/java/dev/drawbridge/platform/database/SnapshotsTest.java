package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.definitions.DefinitionStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What modules have read of a setup in one transaction is of one version, whoever commits another meanwhile. */
class SnapshotsTest {

    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final DefinitionStore definitions = TestServer.running().bean(DefinitionStore.class);
    private final CompanyId company = Site.opened().id();
    private final List<Long> loaded = new ArrayList<>();

    @Test
    void a_version_is_loaded_once() {
        Snapshots<Long> snapshots = snapshots(() -> {});

        long first = transactions.inCompany(company, snapshots::of);
        raiseVersion();
        long second = transactions.inCompany(company, snapshots::of);

        assertThat(transactions.inCompany(company, snapshots::of)).isEqualTo(second);
        assertThat(loaded).containsExactly(first, second);
    }

    @Test
    void a_version_that_comes_while_it_is_read_is_read_anew_and_nothing_mixed_is_kept() {
        Snapshots<Long> snapshots = snapshots(() -> {
            if (loaded.size() == 1) {
                raiseVersion();
            }
        });

        long seen = transactions.inCompany(company, snapshots::of);

        assertThat(loaded).containsExactly(seen - 1, seen);
        assertThat(transactions.inCompany(company, snapshots::of)).isEqualTo(seen);
        assertThat(loaded).hasSize(2);
    }

    @Test
    void a_version_that_came_between_two_modules_runs_the_transaction_again() {
        Snapshots<Long> prices = snapshots(() -> {});
        List<String> seen = new ArrayList<>();

        transactions.inCompany(company, transaction -> {
            if (seen.isEmpty()) {
                raiseVersion();
            }
            seen.add("version " + transaction.setupVersion());
            return prices.of(transaction);
        });

        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    }

    private Snapshots<Long> snapshots(Runnable afterReading) {
        return new Snapshots<>(definitions::setupVersion, transaction -> {
            loaded.add(transaction.setupVersion());
            afterReading.run();
            return transaction.setupVersion();
        });
    }

    private void raiseVersion() {
        transactions.separately(company, _ -> TestServer.running()
                .bean(JdbcClient.class)
                .sql("update platform.companies set setup_version = setup_version + 1 where company_id = :id")
                .param("id", company.value())
                .update());
    }
}
