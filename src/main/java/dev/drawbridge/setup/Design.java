package dev.drawbridge.setup;

import java.util.Optional;

/**
 * The look of a partner's manifests.
 *
 * @param code as written in the setup
 * @param key comparison key of the code
 * @param primaryColor {@code #rrggbb}, as {@code accentColor}
 * @param footer one line below each page; may be empty
 * @param retired left out of the setup, and kept for the partners that still show it
 */
public record Design(
        String code,
        String key,
        String title,
        String primaryColor,
        String accentColor,
        String footer,
        Optional<Logo> logo,
        boolean retired) {

    /**
     * A picture that was checked when it came in: its kind, its size, and nothing active in it.
     *
     * @param mediaType {@code image/png} or {@code image/svg+xml}
     * @param base64 its bytes, without line breaks
     */
    public record Logo(String mediaType, String base64) {}
}
