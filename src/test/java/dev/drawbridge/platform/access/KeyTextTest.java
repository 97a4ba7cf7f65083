package dev.drawbridge.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeyTextTest {

    @Test
    void a_key_is_read_as_it_was_written() {
        KeyText key = KeyText.random(KeyText.Kind.LIVE);

        assertThat(KeyText.parse(key.whole())).contains(key);
        assertThat(key.whole())
                .matches("dbk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}")
                .startsWith(key.prefix());
        assertThat(KeyText.random(KeyText.Kind.TEST).whole()).startsWith("dbk_test_");
    }

    @Test
    void any_change_of_one_character_is_refused_without_a_look_up() {
        String whole = KeyText.random(KeyText.Kind.LIVE).whole();
        for (int index = 0; index < whole.length(); index++) {
            char other = whole.charAt(index) == 'x' ? 'y' : 'x';
            assertThat(KeyText.parse(whole.substring(0, index) + other + whole.substring(index + 1)))
                    .as("changed at %d", index)
                    .isEmpty();
        }
    }

    @Test
    void what_is_no_key_is_refused() {
        String whole = KeyText.random(KeyText.Kind.LIVE).whole();

        assertThat(KeyText.parse("")).isEmpty();
        assertThat(KeyText.parse(whole + "0")).isEmpty();
        assertThat(KeyText.parse(whole.substring(1))).isEmpty();
        assertThat(KeyText.parse(" " + whole)).isEmpty();
        assertThat(KeyText.parse(whole.toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void two_keys_differ_and_neither_prints_its_secret() {
        KeyText key = KeyText.random(KeyText.Kind.LIVE);

        assertThat(key.secret()).isNotEqualTo(KeyText.random(KeyText.Kind.LIVE).secret());
        assertThat(key.toString()).doesNotContain(key.secret());
    }
}
