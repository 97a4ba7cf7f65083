package dev.drawbridge.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.backup.TableOrder.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableOrderTest {

    private static final BackupContents.Table COMPANIES = table("companies");
    private static final BackupContents.Table ORDERS = table("orders");
    private static final BackupContents.Table JOBS = table("jobs");

    @Test
    void whoever_is_referred_to_comes_first() {
        List<BackupContents.Table> ordered = TableOrder.of(
                List.of(JOBS, ORDERS, COMPANIES),
                List.of(
                        new Reference("platform.jobs", "platform.orders"),
                        new Reference("platform.orders", "platform.companies")));

        assertThat(ordered).containsExactly(COMPANIES, ORDERS, JOBS);
    }

    @Test
    void a_table_may_refer_to_itself_and_to_one_that_is_not_copied() {
        List<Reference> references = List.of(
                new Reference("platform.orders", "platform.orders"),
                new Reference("platform.orders", "elsewhere.countries"));

        assertThat(TableOrder.of(List.of(ORDERS), references)).containsExactly(ORDERS);
    }

    @Test
    void a_circle_is_found() {
        List<Reference> circle = List.of(
                new Reference("platform.orders", "platform.jobs"), new Reference("platform.jobs", "platform.orders"));

        assertThatThrownBy(() -> TableOrder.of(List.of(ORDERS, JOBS), circle))
                .isInstanceOf(IllegalStateException.class);
    }

    private static BackupContents.Table table(String name) {
        return new BackupContents.Table("platform", name, "company_id", 0);
    }
}
