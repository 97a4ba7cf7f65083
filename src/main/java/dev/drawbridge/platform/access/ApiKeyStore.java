package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The table platform.api_keys; read before a company is known, so every other statement names the company itself. */
@Component
class ApiKeyStore {

    /**
     * What decides whether a key is good, as it was at the time of reading.
     *
     * @param live neither revoked nor expired, by the database's time
     * @param expiresIn after which time it is not live any more; empty: never
     */
    record Stored(Caller caller, byte[] secretHash, boolean live, Optional<Duration> expiresIn) {}

    private final JdbcClient jdbc;

    ApiKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Stored> find(String keyId) {
        return jdbc.sql("""
                        select id, company_id, partner_id, permissions, secret_hash,
                               revoked_at is null and (expires_at is null or expires_at > platform.now()) as live,
                               expires_at, platform.now() as read_at
                          from platform.api_keys
                         where key_id = :keyId
                        """)
                .param("keyId", keyId)
                .query((row, number) -> stored(row))
                .optional();
    }

    void insert(CompanyTransaction transaction, ApiKey key, String keyId, byte[] secretHash) {
        jdbc.sql("""
                        insert into platform.api_keys
                               (id, company_id, key_id, secret_hash, name, partner_id,
                                permissions, created_at, expires_at)
                        values (:id, :company, :keyId, :hash, :name, :partner, :permissions, :now, :expiresAt)
                        """)
                .param("id", key.id())
                .param("company", transaction.company().value())
                .param("keyId", keyId)
                .param("hash", secretHash)
                .param("name", key.name())
                .param("partner", key.partner().map(PartnerId::value).orElse(null))
                .param(
                        "permissions",
                        new SqlArrayValue(
                                "text",
                                key.permissions().stream()
                                        .map(Permission::caption)
                                        .toArray()))
                .param("now", key.createdAt().atOffset(ZoneOffset.UTC))
                .param(
                        "expiresAt",
                        key.expiresAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .update();
    }

    /** Those that are not revoked, in the order of their making; ids grow with time. */
    List<ApiKey> list(CompanyTransaction transaction, String prefix, UUID after, int rowsMax) {
        return jdbc.sql("""
                        select id, key_id, name, partner_id, permissions, created_at, expires_at, last_used_at
                          from platform.api_keys
                         where company_id = :company and revoked_at is null and id > :after
                         order by id
                         limit :max
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", rowsMax)
                .query((row, number) -> apiKey(row, prefix))
                .list();
    }

    /** Those of the keys that are not revoked. */
    List<ApiKey> byIds(CompanyTransaction transaction, String prefix, Collection<UUID> ids) {
        return jdbc.sql("""
                        select id, key_id, name, partner_id, permissions, created_at, expires_at, last_used_at
                          from platform.api_keys
                         where company_id = :company and revoked_at is null and id = any(:ids)
                        """)
                .param("company", transaction.company().value())
                .param("ids", new SqlArrayValue("uuid", ids.toArray()))
                .query((row, number) -> apiKey(row, prefix))
                .list();
    }

    /** The partners that keys which are not revoked are bound to. */
    Set<PartnerId> partners(CompanyTransaction transaction) {
        return Set.copyOf(jdbc.sql("""
                        select distinct partner_id
                          from platform.api_keys
                         where company_id = :company and partner_id is not null and revoked_at is null
                        """)
                .param("company", transaction.company().value())
                .query((row, number) -> new PartnerId(row.getObject("partner_id", UUID.class)))
                .list());
    }

    /** @return the key's public part; empty where there is no such key or it is revoked already */
    Optional<String> revoke(CompanyTransaction transaction, UUID id) {
        return jdbc.sql("""
                        update platform.api_keys set revoked_at = :now
                         where company_id = :company and id = :id and revoked_at is null
                        returning key_id
                        """)
                .param("now", transaction.now().atOffset(ZoneOffset.UTC))
                .param("company", transaction.company().value())
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Rows in the order of their ids, so that nodes that write at the same time wait for each other, no more. */
    void recordUse(Collection<UUID> ids) {
        jdbc.sql("""
                        update platform.api_keys k set last_used_at = platform.now()
                          from (select id from platform.api_keys where id = any(:ids) order by id for update) used
                         where k.id = used.id
                        """).param("ids", new SqlArrayValue("uuid", ids.toArray())).update();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Instant readAt = instant(row, "read_at").orElseThrow();
        return new Stored(
                caller(row),
                row.getBytes("secret_hash"),
                row.getBoolean("live"),
                instant(row, "expires_at").map(end -> Duration.between(readAt, end)));
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                row.getObject("id", UUID.class),
                Optional.of(new CompanyId(row.getObject("company_id", UUID.class))),
                partner(row),
                Set.copyOf(permissions(row)));
    }

    private static ApiKey apiKey(ResultSet row, String prefix) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                prefix + row.getString("key_id"),
                row.getString("name"),
                partner(row),
                permissions(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static Optional<PartnerId> partner(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("partner_id", UUID.class)).map(PartnerId::new);
    }

    private static List<Permission> permissions(ResultSet row) throws SQLException {
        Array captions = row.getArray("permissions");
        return Arrays.stream((String[]) captions.getArray())
                .flatMap(caption -> Permission.ofCaption(caption).stream())
                .sorted()
                .toList();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
