package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SigningSecretsTest {

    private final SigningSecrets secrets = TestServer.running().bean(SigningSecrets.class);

    /** The vector that the specification's own libraries are tested with. */
    @Test
    void a_signature_is_the_one_of_the_specification() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(SigningSecrets.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330L,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                        List.of(secret)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_stored_secret_is_read_again_and_looks_different_each_time() {
        UUID webhook = UUID.randomUUID();
        byte[] secret = secrets.next();
        byte[] stored = secrets.encrypt(secret, webhook);

        assertThat(secrets.decrypt(stored, webhook)).isEqualTo(secret).hasSize(32);
        assertThat(secrets.encrypt(secret, webhook)).isNotEqualTo(stored);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_stored_secret_that_was_changed_or_moved_to_another_webhook_is_not_read() {
        UUID webhook = UUID.randomUUID();
        byte[] stored = secrets.encrypt(secrets.next(), webhook);

        assertThatThrownBy(() -> secrets.decrypt(stored, UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
        stored[stored.length - 1] ^= 1;
        assertThatThrownBy(() -> secrets.decrypt(stored, webhook)).isInstanceOf(IllegalStateException.class);
    }
}
