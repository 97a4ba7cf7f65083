package dev.drawbridge.wallets;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of wallets, what they hold, and where their manifests lead. */
@Component
class WalletStore {

    /** With as many the worst plan costs milliseconds, and making new ones a few of them. */
    private static final int ROWS_WITH_KEPT_PLANS_MAX = 500;

    private final JdbcClient jdbc;
    private final JsonRows rows;

    WalletStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Inserts the wallets whose reference number is free; answers the ids of these. */
    Set<UUID> insert(CompanyTransaction transaction, List<Wallet> wallets) {
        return jdbc
                .sql("""
                        insert into wallets.wallets (company_id, wallet_id, order_id, generation, line_no, seq_no,
                               reference_number, reference_key, external_reference, external_key, name,
                               price_excl_minor, price_incl_minor, currency, manifest_id, issued_at)
                        select :company, wallet_id, order_id, generation, line_no, seq_no,
                               reference_number, reference_key, external_reference, external_key, name,
                               price_excl_minor, price_incl_minor, currency, manifest_id, issued_at
                          from json_populate_recordset(null::wallets.wallets, :rows::json)
                            on conflict (company_id, reference_key) do nothing
                        returning wallet_id
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(wallets))
                .query(UUID.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Each row's foreign key is looked up by a plan that the connection keeps. It may be of the time when the table of
     * wallets was almost empty, and then reads all of them for each row; so before many rows it is made anew.
     */
    void insertAssets(CompanyTransaction transaction, List<WalletAsset> assets) {
        if (assets.size() > ROWS_WITH_KEPT_PLANS_MAX) {
            jdbc.sql("discard plans").update();
        }
        jdbc.sql("""
                        insert into wallets.wallet_assets (company_id, id, wallet_id, order_id, generation,
                               component_no, type, asset_id)
                        select :company, id, wallet_id, order_id, generation, component_no, type, asset_id
                          from json_populate_recordset(null::wallets.wallet_assets, :rows::json)
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(assets))
                .update();
    }

    List<Wallet> of(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        select wallet_id, order_id, generation, line_no, seq_no, reference_number, reference_key,
                               external_reference, external_key, name, price_excl_minor, price_incl_minor, currency,
                               manifest_id, issued_at
                          from wallets.wallets
                         where company_id = :company and order_id = :order and generation = :generation
                           and voided_at is null
                         order by line_no, seq_no
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .query(WalletStore::wallet)
                .list();
    }

    List<WalletAsset> assetsOf(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        select id, wallet_id, order_id, generation, component_no, type, asset_id
                          from wallets.wallet_assets
                         where company_id = :company and order_id = :order and generation = :generation
                         order by wallet_id, component_no
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .query(WalletStore::asset)
                .list();
    }

    int countAssets(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        select count(*) from wallets.wallet_assets
                         where company_id = :company and order_id = :order and generation = :generation
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .query(Integer.class)
                .single();
    }

    void voidAll(CompanyTransaction transaction, OrderId order) {
        jdbc.sql("""
                        update wallets.wallets set voided_at = :now::timestamptz
                         where company_id = :company and order_id = :order and voided_at is null
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("now", transaction.now().toString())
                .update();
    }

    Set<String> referencesAmong(CompanyTransaction transaction, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select reference_key from wallets.wallets
                         where company_id = :company and reference_key = any(:keys::text[])
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    void insertLinks(CompanyTransaction transaction, List<ManifestLink> links) {
        jdbc.sql("""
                        insert into wallets.manifest_links (manifest_id, company_id, order_id, wallet_id)
                        select manifest_id, :company, order_id, wallet_id
                          from json_populate_recordset(null::wallets.manifest_links, :rows::json)
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(links))
                .update();
    }

    void withdrawLinks(CompanyTransaction transaction, OrderId order) {
        jdbc.sql("""
                        update wallets.manifest_links set withdrawn_at = :now::timestamptz
                         where company_id = :company and order_id = :order and withdrawn_at is null
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("now", transaction.now().toString())
                .update();
    }

    List<Wallets.Live> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return jdbc.sql("""
                        with held as (
                            select wallet_id, count(*) as assets from wallets.wallet_assets
                             where company_id = :company and order_id = any(:orders::uuid[])
                             group by wallet_id)
                        select w.order_id, w.generation, w.line_no, count(*) as wallets, sum(h.assets) as assets
                          from wallets.wallets w
                          left join held h using (wallet_id)
                         where w.company_id = :company and w.order_id = any(:orders::uuid[]) and w.voided_at is null
                         group by w.order_id, w.generation, w.line_no
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((row, number) -> new Wallets.Live(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getInt("generation"),
                        row.getInt("line_no"),
                        row.getInt("wallets"),
                        row.getInt("assets")))
                .list();
    }

    List<UUID> ordersWithLive(CompanyTransaction transaction, UUID after, int max) {
        return jdbc.sql("""
                        select distinct order_id from wallets.wallets
                         where company_id = :company and order_id > :after and voided_at is null
                         order by order_id limit :max
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", max)
                .query((row, number) -> row.getObject("order_id", UUID.class))
                .list();
    }

    private static WalletAsset asset(ResultSet row, int number) throws SQLException {
        return new WalletAsset(
                row.getObject("id", UUID.class),
                row.getObject("wallet_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getInt("generation"),
                row.getInt("component_no"),
                row.getString("type"),
                row.getObject("asset_id", UUID.class));
    }

    private static Wallet wallet(ResultSet row, int number) throws SQLException {
        return new Wallet(
                row.getObject("wallet_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getInt("generation"),
                row.getInt("line_no"),
                row.getInt("seq_no"),
                row.getString("reference_number"),
                row.getString("reference_key"),
                row.getString("external_reference"),
                row.getString("external_key"),
                row.getString("name"),
                row.getLong("price_excl_minor"),
                row.getLong("price_incl_minor"),
                row.getString("currency"),
                row.getObject("manifest_id", UUID.class),
                row.getObject("issued_at", OffsetDateTime.class).toInstant());
    }
}
