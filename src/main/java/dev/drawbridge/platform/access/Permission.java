package dev.drawbridge.platform.access;

import java.util.Arrays;
import java.util.Optional;

/** What an API key may be allowed to do: a closed set. */
public enum Permission {
    OTA_CHANNEL_MANAGER("OTA Channel Manager"),
    TICKETING("Ticketing"),
    ATTRACTION_WALLET("Attraction Wallet"),
    COUPON("Coupon"),
    SPEEDGATE("Speedgate"),
    SETUP("Setup");

    private final String caption;

    Permission(String caption) {
        this.caption = caption;
    }

    /** The name in the API, letter by letter. */
    public String caption() {
        return caption;
    }

    public static Optional<Permission> ofCaption(String caption) {
        return Arrays.stream(values())
                .filter(permission -> permission.caption.equals(caption))
                .findFirst();
    }
}
