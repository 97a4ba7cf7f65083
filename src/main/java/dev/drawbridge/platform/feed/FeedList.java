package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.database.CompanyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A list that can be read as a change feed.
 *
 * @param company whose feed it is in
 * @param scope which list of the kind: the partner of orders, for instance
 */
public record FeedList(CompanyId company, ChangeKind kind, UUID scope) {

    /** A list that is known by a name; the trigger on its table writes {@code md5(name)::uuid}. */
    public static FeedList named(CompanyId company, ChangeKind kind, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer halves = ByteBuffer.wrap(hash);
            return new FeedList(company, kind, new UUID(halves.getLong(), halves.getLong()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has MD5", impossible);
        }
    }
}
