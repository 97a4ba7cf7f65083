package dev.drawbridge.platform.postgres;

import java.util.Optional;

/**
 * Where the database is and who we are there.
 *
 * @param url {@code jdbc:postgresql://...}, without user or password
 * @param application bound by row-level security, owns nothing
 * @param owner owns the schemas and runs the migrations; empty where another process does that
 */
public record DatabaseServer(String url, Credentials application, Optional<Credentials> owner) {

    public record Credentials(String user, String password) {

        @Override
        public String toString() {
            return user;
        }
    }
}
