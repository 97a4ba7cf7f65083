package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.webhooks.Subscription.DisabledReason;
import dev.drawbridge.webhooks.Subscription.Interest;
import dev.drawbridge.webhooks.Subscription.State;
import dev.drawbridge.webhooks.Subscription.Wanted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of subscriptions. One that was deleted is there until its deliveries are gone, and nobody sees it. */
@Component
class SubscriptionStore {

    private final JdbcClient jdbc;

    SubscriptionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Nobody else adds one of this owner until the transaction ends. */
    void lockOwner(CompanyTransaction transaction, Optional<PartnerId> partner) {
        String owner = "webhooks of " + transaction.company()
                + partner.map(bound -> "/" + bound).orElse("");
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:owner, 0))")
                .param("owner", owner)
                .query((row, number) -> number)
                .list();
    }

    int count(CompanyTransaction transaction, Optional<PartnerId> partner) {
        return jdbc.sql("""
                        select count(*) from webhooks.subscriptions
                         where company_id = :company and partner_id is not distinct from :partner::uuid
                           and deleted_at is null
                        """)
                .param("company", transaction.company().value())
                .param("partner", partner.map(PartnerId::value).orElse(null))
                .query(Integer.class)
                .single();
    }

    void insert(CompanyTransaction transaction, UUID id, Wanted wanted, byte[] encryptedSecret) {
        jdbc.sql("""
                        insert into webhooks.subscriptions (company_id, subscription_id, partner_id, endpoint_id,
                               notification_url, event_name, event_version, client_state, secret, created_at)
                        values (:company, :id, :partner, :endpoint, :url, :event, :version, :clientState, :secret, :now)
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param(
                        "partner",
                        wanted.interest().partner().map(PartnerId::value).orElse(null))
                .param("endpoint", wanted.endpoint(transaction.company()))
                .param("url", wanted.notificationUrl())
                .param("event", wanted.interest().eventName())
                .param("version", wanted.eventVersion())
                .param("clientState", wanted.clientState().orElse(null))
                .param("secret", encryptedSecret)
                .param("now", now(transaction))
                .update();
    }

    Optional<Subscription> find(CompanyTransaction transaction, UUID id) {
        return jdbc.sql("""
                        select subscription_id, partner_id, notification_url, event_name, event_version, client_state,
                               state, disabled_reason, created_at, failing_since, old_secret_until
                          from webhooks.subscriptions
                         where company_id = :company and subscription_id = :id and deleted_at is null
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .query((row, number) -> subscription(row, transaction.now()))
                .optional();
    }

    /** Oldest first; ids grow with time. */
    List<Subscription> list(CompanyTransaction transaction, Optional<PartnerId> partner, UUID after, int max) {
        return jdbc.sql("""
                        select subscription_id, partner_id, notification_url, event_name, event_version, client_state,
                               state, disabled_reason, created_at, failing_since, old_secret_until
                          from webhooks.subscriptions
                         where company_id = :company and deleted_at is null and subscription_id > :after
                           and (:partner::uuid is null or partner_id = :partner::uuid)
                         order by subscription_id limit :max
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("partner", partner.map(PartnerId::value).orElse(null))
                .param("max", max)
                .query((row, number) -> subscription(row, transaction.now()))
                .list();
    }

    List<Subscription> byIds(CompanyTransaction transaction, Collection<UUID> ids) {
        return jdbc.sql("""
                        select subscription_id, partner_id, notification_url, event_name, event_version, client_state,
                               state, disabled_reason, created_at, failing_since, old_secret_until
                          from webhooks.subscriptions
                         where company_id = :company and deleted_at is null and subscription_id = any(:ids)
                        """)
                .param("company", transaction.company().value())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> subscription(row, transaction.now()))
                .list();
    }

    /** Those that are told of what happens to orders of these partners. */
    List<Subscription> active(CompanyTransaction transaction, Set<PartnerId> partners) {
        return jdbc.sql("""
                        select subscription_id, partner_id, notification_url, event_name, event_version, client_state,
                               state, disabled_reason, created_at, failing_since, old_secret_until
                          from webhooks.subscriptions
                         where company_id = :company and state = 'active' and deleted_at is null
                           and (partner_id is null or partner_id = any(:partners))
                         order by subscription_id
                        """)
                .param("company", transaction.company().value())
                .param("partners", partners.stream().map(PartnerId::value).toArray(UUID[]::new))
                .query((row, number) -> subscription(row, transaction.now()))
                .list();
    }

    /** Starts anew: what failed before no longer counts. */
    void activate(CompanyTransaction transaction, UUID id) {
        jdbc.sql("""
                        update webhooks.subscriptions
                           set state = 'active', disabled_reason = null, failing_since = null
                         where company_id = :company and subscription_id = :id and state = 'disabled'
                           and deleted_at is null
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .update();
    }

    /** @return whether it was active until now */
    boolean disable(CompanyTransaction transaction, UUID id, DisabledReason reason) {
        return jdbc.sql("""
                        update webhooks.subscriptions set state = 'disabled', disabled_reason = :reason
                         where company_id = :company and subscription_id = :id and state = 'active'
                           and deleted_at is null
                        """)
                        .param("company", transaction.company().value())
                        .param("id", id)
                        .param("reason", reason.word())
                        .update()
                == 1;
    }

    void delete(CompanyTransaction transaction, UUID id) {
        jdbc.sql("""
                        update webhooks.subscriptions
                           set deleted_at = :now, secret = null, old_secret = null, old_secret_until = null
                         where company_id = :company and subscription_id = :id and deleted_at is null
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("now", now(transaction))
                .update();
    }

    /** The secret that signed until now goes on signing for a while; the one before that does not. */
    void replaceSecret(CompanyTransaction transaction, UUID id, byte[] encryptedSecret, Instant oldUntil) {
        jdbc.sql("""
                        update webhooks.subscriptions
                           set old_secret = secret, old_secret_until = :until, secret = :secret
                         where company_id = :company and subscription_id = :id and deleted_at is null
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("secret", encryptedSecret)
                .param("until", oldUntil.atOffset(ZoneOffset.UTC))
                .update();
    }

    void succeeded(CompanyTransaction transaction, UUID id) {
        jdbc.sql("""
                        update webhooks.subscriptions set failing_since = null
                         where company_id = :company and subscription_id = :id and failing_since is not null
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .update();
    }

    /** @return since when every attempt has failed; written down by the first of them */
    Instant failed(CompanyTransaction transaction, UUID id) {
        return jdbc.sql("""
                        with first as (
                            update webhooks.subscriptions set failing_since = :now
                             where company_id = :company and subscription_id = :id and failing_since is null
                            returning failing_since)
                        select failing_since from first
                         union all
                        select failing_since from webhooks.subscriptions
                         where company_id = :company and subscription_id = :id and failing_since is not null
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("now", now(transaction))
                .query((row, number) -> instant(row, "failing_since").orElseThrow())
                .optional()
                .orElse(transaction.now());
    }

    private static Subscription subscription(ResultSet row, Instant now) throws SQLException {
        var interest = new Interest(
                Optional.ofNullable(row.getObject("partner_id", UUID.class)).map(PartnerId::new),
                row.getString("event_name"));
        var wanted = new Wanted(
                interest,
                row.getString("notification_url"),
                row.getString("event_version"),
                Optional.ofNullable(row.getString("client_state")));
        return new Subscription(
                row.getObject("subscription_id", UUID.class),
                wanted,
                State.of(row.getString("state")).orElseThrow(),
                Optional.ofNullable(row.getString("disabled_reason"))
                        .map(reason -> DisabledReason.valueOf(reason.toUpperCase(Locale.ROOT))),
                instant(row, "created_at").orElseThrow(),
                instant(row, "failing_since"),
                instant(row, "old_secret_until").filter(until -> until.isAfter(now)));
    }

    private static OffsetDateTime now(CompanyTransaction transaction) {
        return transaction.now().atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
