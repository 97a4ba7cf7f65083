package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of replays; which have work left is read across companies. */
@Component
class ReplayStore {

    /**
     * Events of a time that a subscription is told again.
     *
     * @param from moves on with the work, together with {@code fromEvent}, the last event that was done
     * @param until exclusive
     */
    record Replay(UUID id, UUID subscription, Instant from, UUID fromEvent, Instant until) {

        private static final UUID BEFORE_ALL = new UUID(0, 0);

        static Replay of(UUID id, UUID subscription, Instant from, Instant until) {
            return new Replay(id, subscription, from, BEFORE_ALL, until);
        }

        Replay after(Event.Recorded last) {
            return new Replay(id, subscription, last.at(), last.id(), until);
        }
    }

    /** Which replay has work left. */
    record DueReplay(CompanyId company, UUID subscription) {}

    private final JdbcClient jdbc;

    ReplayStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false where one is running for the subscription */
    boolean insert(CompanyTransaction transaction, Replay replay) {
        return jdbc.sql("""
                        insert into webhooks.replays (company_id, subscription_id, replay_id, from_at, from_event_id,
                               until_at)
                        values (:company, :subscription, :id, :from, :fromEvent, :until)
                        on conflict (company_id, subscription_id) do nothing
                        """)
                        .param("company", transaction.company().value())
                        .param("subscription", replay.subscription())
                        .param("id", replay.id())
                        .param("from", replay.from().atOffset(ZoneOffset.UTC))
                        .param("fromEvent", replay.fromEvent())
                        .param("until", replay.until().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** In no order, so that many of one company do not stand before those of others. */
    List<DueReplay> due(int max) {
        return jdbc.sql("select company_id, subscription_id from webhooks.replays order by random() limit :max")
                .param("max", max)
                .query((row, number) -> new DueReplay(
                        new CompanyId(row.getObject("company_id", UUID.class)),
                        row.getObject("subscription_id", UUID.class)))
                .list();
    }

    /** Empty where another node is at it, or it is done. */
    Optional<Replay> lock(CompanyTransaction transaction, UUID subscription) {
        return jdbc.sql("""
                        select replay_id, from_at, from_event_id, until_at from webhooks.replays
                         where company_id = :company and subscription_id = :subscription
                           for no key update skip locked
                        """)
                .param("company", transaction.company().value())
                .param("subscription", subscription)
                .query((row, number) -> new Replay(
                        row.getObject("replay_id", UUID.class),
                        subscription,
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("from_event_id", UUID.class),
                        row.getObject("until_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void goOn(CompanyTransaction transaction, Replay replay) {
        jdbc.sql("""
                        update webhooks.replays set from_at = :from, from_event_id = :fromEvent
                         where company_id = :company and subscription_id = :subscription
                        """)
                .param("company", transaction.company().value())
                .param("subscription", replay.subscription())
                .param("from", replay.from().atOffset(ZoneOffset.UTC))
                .param("fromEvent", replay.fromEvent())
                .update();
    }

    void delete(CompanyTransaction transaction, UUID subscription) {
        jdbc.sql("delete from webhooks.replays where company_id = :company and subscription_id = :subscription")
                .param("company", transaction.company().value())
                .param("subscription", subscription)
                .update();
    }
}
