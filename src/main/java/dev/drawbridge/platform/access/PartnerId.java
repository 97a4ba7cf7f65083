package dev.drawbridge.platform.access;

import java.util.UUID;

/** A partner: who sells. */
public record PartnerId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
