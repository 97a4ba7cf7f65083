package dev.drawbridge.faults.load;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What an order asks for, and what the checker makes of it by itself: how many tickets, wallets and coupons, and which
 * slots. Every visit begins when a slot does, so that there is no doubt which one is meant.
 */
record Lines(List<Line> lines) {

    private static final int LINES_MAX = 8;
    private static final int QUANTITY_MAX = 6;

    /** An item, how many, and when. */
    record Line(Kind kind, int quantity, LocalDate date, LocalTime time) {}

    /** A slot as the setup names it. */
    record SlotKey(String admission, LocalDate date, LocalTime start) {}

    enum Kind {
        ENTRY,
        TOWER,
        JOUST,
        GROUP,
        DAYPASS,
        PARK,
        COFFEE,
        FAMILY
    }

    /**
     * One in four lines is for the one hot slot; of the others three in ten are packages. Half of those for tight slots
     * want the same one: where many want the last places at once, whoever does not lock oversells.
     */
    static Lines draw(SplittableRandom random, LocalDate firstDay) {
        int count = Math.min(1 + (int) (-Math.log(1 - random.nextDouble()) * 1.2), LINES_MAX);
        List<Line> lines = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            lines.add(line(random, firstDay));
        }
        return new Lines(List.copyOf(lines));
    }

    private static Line line(SplittableRandom random, LocalDate firstDay) {
        int quantity = 1 + (int) Math.floor(Math.pow(random.nextDouble(), 2) * QUANTITY_MAX);
        LocalDate day = firstDay.plusDays(random.nextInt(Venue.DAYS));
        LocalTime start = Venue.FIRST_START.plusMinutes((long) random.nextInt(Venue.STARTS_A_DAY) * Venue.SLOT_MINUTES);
        double draw = random.nextDouble();
        if (draw < 0.25) {
            return new Line(Kind.JOUST, quantity, firstDay, Venue.HOT_START);
        }
        if (draw < 0.45) {
            return new Line(Kind.FAMILY, quantity, day, start);
        }
        if (draw < 0.57) {
            return new Line(Kind.TOWER, quantity, random.nextBoolean() ? firstDay : day, Venue.TIGHT_START);
        }
        Kind[] others = {Kind.ENTRY, Kind.ENTRY, Kind.GROUP, Kind.DAYPASS, Kind.PARK, Kind.COFFEE};
        return new Line(others[random.nextInt(others.length)], quantity, day, start);
    }

    /** Places of the tight slot of the first day, or of any other, that an order asks for on average. */
    static double tightPlacesExpected(boolean firstDay) {
        var random = new SplittableRandom(1);
        LocalDate first = LocalDate.of(2030, 1, 1);
        int orders = 20_000;
        long places = 0;
        for (int order = 0; order < orders; order++) {
            places += draw(random, first).lines().stream()
                    .filter(line -> line.kind() == Kind.TOWER && line.date().equals(first) == firstDay)
                    .mapToInt(Line::quantity)
                    .sum();
        }
        return (double) places / orders / (firstDay ? 1 : Venue.DAYS - 1);
    }

    boolean mayBeSoldOut() {
        return lines.stream().anyMatch(line -> line.kind() == Kind.TOWER);
    }

    int wallets() {
        return lines.stream()
                .mapToInt(line -> line.kind() == Kind.GROUP ? 1 : line.quantity())
                .sum();
    }

    int tickets() {
        return lines.stream().mapToInt(Lines::tickets).sum();
    }

    int coupons() {
        return lines.stream()
                .mapToInt(line -> switch (line.kind()) {
                    case COFFEE -> line.quantity();
                    case FAMILY -> 2 * line.quantity();
                    case ENTRY, TOWER, JOUST, GROUP, DAYPASS, PARK -> 0;
                })
                .sum();
    }

    private static int tickets(Line line) {
        return switch (line.kind()) {
            case ENTRY, TOWER, JOUST, DAYPASS, PARK -> line.quantity();
            case GROUP -> 1;
            case FAMILY -> 2 * line.quantity();
            case COFFEE -> 0;
        };
    }

    /** Places of each slot. */
    Map<SlotKey, Integer> demand() {
        Map<SlotKey, Integer> demand = new LinkedHashMap<>();
        for (Line line : lines) {
            var main = new SlotKey("main", line.date(), line.time());
            switch (line.kind()) {
                case ENTRY, GROUP -> demand.merge(main, line.quantity(), Integer::sum);
                case FAMILY -> demand.merge(main, 2 * line.quantity(), Integer::sum);
                case TOWER ->
                    demand.merge(new SlotKey("tight", line.date(), line.time()), line.quantity(), Integer::sum);
                case JOUST -> demand.merge(new SlotKey("hot", line.date(), line.time()), line.quantity(), Integer::sum);
                case DAYPASS -> {
                    demand.merge(main, line.quantity(), Integer::sum);
                    demand.merge(new SlotKey("garden", line.date(), Venue.GARDEN_START), line.quantity(), Integer::sum);
                }
                case PARK, COFFEE -> {}
            }
        }
        return demand;
    }
}
