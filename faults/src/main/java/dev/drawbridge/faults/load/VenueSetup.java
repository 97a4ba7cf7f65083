package dev.drawbridge.faults.load;

import dev.drawbridge.faults.load.Api.Answer;
import dev.drawbridge.faults.load.Api.Request;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sets up the two attractions of a run, and has keys made for their operators and partners. */
public final class VenueSetup {

    private static final int VENUES = 2;
    private static final int DAYS_AHEAD = 90;

    private final Api api;
    private final String platformKey;

    public VenueSetup(Api api, String platformKey) {
        this.api = api;
        this.platformKey = platformKey;
    }

    /** @param orders that will ask for places: what is too few is a matter of how many come */
    public List<Venue> run(int orders) throws IOException, InterruptedException {
        List<Venue> venues = new ArrayList<>();
        int firstDay = tightCapacity(orders, true);
        int otherDays = tightCapacity(orders, false);
        for (int number = 0; number < VENUES; number++) {
            var venue = new Venue(
                    number,
                    UUID.randomUUID(),
                    List.of(new Venue.Seller(UUID.randomUUID(), ""), new Venue.Seller(UUID.randomUUID(), "")),
                    LocalDate.now(ZoneOffset.UTC).plusDays(DAYS_AHEAD),
                    "");
            done(new Request("PUT", venue.path() + "/setup", platformKey, "", venue.setup(firstDay, otherDays)));
            String operator = key(venue, Optional.empty());
            List<String> keys = new ArrayList<>();
            for (Venue.Seller seller : venue.sellers()) {
                keys.add(key(venue, Optional.of(seller.id())));
            }
            venues.add(venue.withKeys(operator, keys));
        }
        return venues;
    }

    /** For 60 of 100 who ask. */
    private static int tightCapacity(int orders, boolean firstDay) {
        return Math.max(1, (int) (Lines.tightPlacesExpected(firstDay) * orders / VENUES * 0.6));
    }

    private String key(Venue venue, Optional<UUID> partner) throws IOException, InterruptedException {
        String body = partner.map(id -> "{\"name\":\"partner\",\"partnerId\":\"" + id + "\"}")
                .orElse("{\"name\":\"operator\"}");
        return done(new Request("POST", venue.path() + "/apiKeys", platformKey, "", body))
                .body()
                .path("key")
                .asString();
    }

    private Answer done(Request request) throws IOException, InterruptedException {
        Answer answer = api.call(request, "setup", "-");
        if (answer.status() != 200 && answer.status() != 201) {
            throw new IOException("The setup was answered " + answer.status() + " " + answer.body());
        }
        return answer;
    }
}
