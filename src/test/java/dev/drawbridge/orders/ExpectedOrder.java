package dev.drawbridge.orders;

import dev.drawbridge.orders.Operation.Content;
import dev.drawbridge.orders.Operation.Hour;
import dev.drawbridge.orders.Operation.Line;
import dev.drawbridge.orders.Operation.Ware;
import dev.drawbridge.orders.OrdersSeen.OrderSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One order of {@link ExpectedOrders}. */
final class ExpectedOrder {

    /** The two timed slots of the castle, and the garden's whole day. */
    static final int SLOTS = 3;

    private static final int WHOLE_DAY = 2;
    private static final int ATTEMPTS_MAX = 5;

    final int reference;
    private final List<String> events = new ArrayList<>();
    private final int[] places = new int[SLOTS];
    private Content content;
    private String status = "Submitted";
    private String code = "";
    private @Nullable Instant holdUntil;
    private boolean begun;
    private int attempts;

    /** Counts how often it was submitted; a worker must issue what it claimed and nothing newer. */
    int generation = 1;

    /** Counts how often it was claimed since; only the last claim counts. */
    int claims;

    /** From when on it may be claimed, first or again. */
    Instant dueAt;

    ExpectedOrder(int reference, Content content, Instant now) {
        this.reference = reference;
        this.content = content;
        this.dueAt = now;
    }

    /** Which slots a line takes a place of for each guest, in the order of the ticket's admissions. */
    static List<Integer> slotsOf(Line line) {
        int timed = line.hour() == Hour.TEN ? 0 : 1;
        return switch (line.ware()) {
            case ENTRY, GROUP, BUNDLE -> List.of(timed);
            case BOTH -> List.of(timed, WHOLE_DAY);
            case COFFEE -> List.of();
        };
    }

    boolean is(String... among) {
        return List.of(among).contains(status);
    }

    boolean isScheduled() {
        return is("Submitted") && claims > 0;
    }

    String shown() {
        if (!isScheduled()) {
            return status;
        }
        return begun ? "Processing" : "Scheduled";
    }

    /** So many attempts that the next one gives up. */
    boolean hasFailedTooOften() {
        return attempts >= ATTEMPTS_MAX;
    }

    void isClaimed(Instant until) {
        claims++;
        begun = false;
        dueAt = until;
    }

    /** An attempt that comes to no end. */
    void isBegun() {
        begun = true;
        attempts++;
    }

    String code() {
        return code;
    }

    Content content() {
        return content;
    }

    int placesOf(int slot) {
        return places[slot];
    }

    int[] wanted() {
        int[] wanted = new int[SLOTS];
        for (Line line : content.lines()) {
            slotsOf(line).forEach(slot -> wanted[slot] += line.quantity());
        }
        return wanted;
    }

    void takesPlaces() {
        System.arraycopy(wanted(), 0, places, 0, SLOTS);
    }

    void givesBack() {
        Arrays.fill(places, 0);
    }

    boolean hasGivenBack() {
        return !Arrays.equals(places, wanted());
    }

    boolean holdIsOver(Instant now) {
        return is("Draft") && holdUntil != null && !holdUntil.isAfter(now);
    }

    void resubmitted(Content next, Instant now) {
        content = next;
        status = "Submitted";
        code = "";
        holdUntil = null;
        generation++;
        claims = 0;
        begun = false;
        attempts = 0;
        dueAt = now;
    }

    void isIssued(Optional<Instant> hold) {
        holdUntil = content.paid() ? null : hold.orElse(null);
        settles(content.paid() ? "Issued" : "Draft", "");
    }

    void isRefused(String reason) {
        settles("Error", reason);
    }

    private void settles(String next, String reason) {
        status = next;
        code = reason;
        tells("processed", next);
    }

    void isConfirmed() {
        holdUntil = null;
        content = new Content(true, content.lines());
        settles("Issued", "");
    }

    void isCancelled() {
        status = is("Issued") ? "Cancelled" : "gone";
        code = "";
        holdUntil = null;
        givesBack();
        tells("cancelled", "Cancelled");
    }

    void holdEnds() {
        holdUntil = null;
        givesBack();
        tells("hold_expired", "Draft");
    }

    private void tells(String event, String shownStatus) {
        events.add((events.size() + 1) + " ota_cm_order_" + event + " " + shownStatus);
    }

    OrderSeen seen() {
        boolean live = is("Draft", "Issued");
        int wallets = 0;
        int tickets = 0;
        int coupons = 0;
        for (Line line : live ? content.lines() : List.<Line>of()) {
            int each = line.ware() == Ware.GROUP ? 1 : line.quantity();
            wallets += each;
            tickets += line.ware() == Ware.COFFEE ? 0 : each;
            coupons += line.ware() == Ware.COFFEE || line.ware() == Ware.BUNDLE ? each : 0;
        }
        boolean issued = is("Issued");
        return new OrderSeen(
                shown(),
                code,
                Optional.ofNullable(holdUntil),
                wallets,
                tickets,
                coupons,
                issued ? tickets + coupons : 0,
                issued ? wallets + 1 : 0,
                events);
    }
}
