package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import dev.drawbridge.platform.server.StartRefused;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DatabaseSettingsTest {

    @Test
    void without_settings_the_database_is_our_own_with_24_connections() {
        DatabaseSettings settings = settings(Map.of());

        assertThat(settings.embedded()).isTrue();
        assertThat(settings.poolSize()).isEqualTo(24);
        assertThat(settings.allowUnsafe()).isFalse();
        assertThat(settings.binariesBelow(Path.of("/data"))).isEqualTo(Path.of("/data/postgres-binaries"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void a_pool_has_from_2_to_200_connections(int size) {
        assertThat(settings(Map.of("pool-size", size)).poolSize()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 201})
    void a_pool_of_another_size_is_refused(int size) {
        assertThatThrownBy(() -> settings(Map.of("pool-size", size))).hasRootCauseInstanceOf(StartRefused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://db:5433/gate,                 jdbc:postgresql://db:5433/gate",
        "postgresql://db/gate?sslmode=require,    jdbc:postgresql://db/gate?sslmode=require",
        "jdbc:postgresql://db/gate,               jdbc:postgresql://db/gate",
        "postgres://one:5432,                     jdbc:postgresql://one:5432",
        "'postgresql://one:5432,two:5432/gate',   'jdbc:postgresql://one:5432,two:5432/gate'",
        "postgres://someone:else@db/gate,         jdbc:postgresql://db/gate",
    })
    void an_address_may_have_any_form_that_people_have_at_hand(String address, String url) {
        DatabaseServer server =
                DatabaseAddress.read(settings(Map.of("url", address, "user", "app", "password", "secret")));

        assertThat(server.url()).isEqualTo(url);
        assertThat(server.application()).isEqualTo(new Credentials("app", "secret"));
        assertThat(server.owner()).isEmpty();
    }

    @Test
    void user_and_password_may_stand_in_the_address() {
        DatabaseServer server = DatabaseAddress.read(settings(Map.of("url", "postgres://app:a%40b+c@db/gate")));

        assertThat(server.application()).isEqualTo(new Credentials("app", "a@b+c"));
    }

    @Test
    void an_owner_of_its_own_runs_the_migrations() {
        DatabaseServer server = DatabaseAddress.read(settings(
                Map.of("url", "postgres://app:secret@db/gate", "owner-user", "owner", "owner-password", "other")));

        assertThat(server.owner()).isEqualTo(Optional.of(new Credentials("owner", "other")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/gate", "db:5432", "postgres://db/gate"})
    void an_address_without_server_or_user_is_refused(String address) {
        assertThatThrownBy(() -> DatabaseAddress.read(settings(Map.of("url", address))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("DRAWBRIDGE_DATABASE_URL");
    }

    @Test
    void passwords_stay_out_of_logs() {
        DatabaseSettings settings = settings(Map.of("url", "postgres://app:secret@db/gate", "password", "secret"));

        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(DatabaseAddress.read(settings).toString()).doesNotContain("secret");
    }

    private static DatabaseSettings settings(Map<String, Object> values) {
        var source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put("drawbridge.database." + name, value));
        return new Binder(source).bindOrCreate("drawbridge.database", DatabaseSettings.class);
    }
}
