package dev.drawbridge.faults.load;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** One order as its client knows it: what was sent, and in which states it may be found at the end. */
final class Story {

    private final Venue venue;
    private final Venue.Seller seller;
    private final String reference;
    private final Map<Integer, Body> sent = new TreeMap<>();
    private final Set<Integer> accepted = new LinkedHashSet<>();
    private final Set<String> allowed = new LinkedHashSet<>();
    private String orderId = "";
    private final Set<Integer> late = ConcurrentHashMap.newKeySet();

    Story(Venue venue, Venue.Seller seller, String reference) {
        this.venue = venue;
        this.seller = seller;
        this.reference = reference;
    }

    Venue venue() {
        return venue;
    }

    Venue.Seller seller() {
        return seller;
    }

    String reference() {
        return reference;
    }

    /** The order that the server named in an answer that was heard; empty: none was. */
    String orderId() {
        return orderId;
    }

    void orderIs(String id) {
        orderId = id;
    }

    /** A body that went out: the server may have taken it. */
    void sent(Body body) {
        sent.put(body.variant(), body);
    }

    Collection<Body> bodies() {
        return sent.values();
    }

    /** A create without an Idempotency-Key may still be on its way, and find the reference free, or in Error. */
    void createMayComeLate(Body body) {
        late.add(body.variant());
    }

    boolean mayHaveComeAnew() {
        return !late.isEmpty() && (allowed.contains("Deleted") || allowed.contains("Error"));
    }

    /** From now on the order has one of these bodies. */
    void has(Integer... variants) {
        accepted.clear();
        accepted.addAll(Set.of(variants));
    }

    void mayHave(int variant) {
        accepted.add(variant);
    }

    Set<Integer> accepted() {
        Set<Integer> all = new LinkedHashSet<>(accepted);
        if (mayHaveComeAnew()) {
            all.addAll(late);
        }
        return all;
    }

    /** States at the end; {@code Deleted}: there is no row. */
    void endsAs(String... states) {
        allowed.clear();
        allowed.addAll(Set.of(states));
    }

    void mayEndAs(String state) {
        allowed.add(state);
    }

    Set<String> allowed() {
        Set<String> all = new LinkedHashSet<>(allowed);
        if (mayHaveComeAnew()) {
            all.addAll(List.of("Draft", "Issued", "Error"));
        }
        return all;
    }
}
