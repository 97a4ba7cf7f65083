package dev.drawbridge.platform.feed;

import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes to the change log what the triggers of orders write. */
final class ChangeLog {

    private static final class OnPurpose extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final JdbcClient jdbc = TestServer.running().bean(JdbcClient.class);
    private final CompanyId company;
    private final UUID partner;

    ChangeLog(CompanyId company, UUID partner) {
        this.company = company;
        this.partner = partner;
    }

    void inTransaction(Runnable work) {
        transactions.inCompany(company, transaction -> {
            work.run();
            return true;
        });
    }

    void inTransactionThatFails(Runnable work) {
        try {
            inTransaction(() -> {
                work.run();
                throw new OnPurpose();
            });
        } catch (OnPurpose rolledBack) {
            // As intended.
        }
    }

    void write(UUID row) {
        insert(row, false);
    }

    void delete(UUID row) {
        insert(row, true);
    }

    void writeMany(int count) {
        jdbc.sql("""
                        insert into platform.change_log (company_id, kind, row_id, scope_id)
                        select :company, 'order', gen_random_uuid(), :partner from generate_series(1, :count)
                        """)
                .param("company", company.value())
                .param("partner", partner)
                .param("count", count)
                .update();
    }

    private void insert(UUID row, boolean deleted) {
        jdbc.sql("""
                        insert into platform.change_log (company_id, kind, row_id, scope_id, deleted)
                        values (:company, 'order', :row, :partner, :deleted)
                        """)
                .param("company", company.value())
                .param("row", row)
                .param("partner", partner)
                .param("deleted", deleted)
                .update();
    }
}
