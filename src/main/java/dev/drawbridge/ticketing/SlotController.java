package dev.drawbridge.ticketing;

import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.PageRequest;
import dev.drawbridge.platform.requests.QueryParameters;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.platform.web.WebProblem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The slots of an admission: listed by everybody who may read tickets, changed by operators. */
@RestController
class SlotController {

    private static final String SLOTS = "/{tenant}/{environment}/{company}/admissions/{code}/slots";

    private final SlotAdjustment adjustment;

    SlotController(SlotAdjustment adjustment) {
        this.adjustment = adjustment;
    }

    /** A slot as the API shows it. */
    record SlotView(UUID slotId, Instant startsAt, Instant endsAt, int capacity, int taken, boolean closed) {

        static SlotView of(Slot slot) {
            return new SlotView(
                    slot.slotId(), slot.startsAt(), slot.endsAt(), slot.capacity(), slot.taken(), slot.closed());
        }
    }

    @GetMapping(SLOTS)
    @Requires(Permission.TICKETING)
    Answer list(Call call) {
        QueryParameters query = call.query();
        OptionalLong feed = query.sync("from", "until");
        return feed.isPresent() ? changes(call, feed.getAsLong()) : page(call, query);
    }

    private Answer changes(Call call, long lastRowVersion) {
        PageRequest page = call.pageRequest();
        call.query().end();
        return Answer.ok(call.changes(
                page,
                lastRowVersion,
                (after, max) -> adjustment.changed(call.company().id(), call.pathText("code"), after, max),
                SlotView::of));
    }

    private Answer page(Call call, QueryParameters query) {
        Optional<LocalDate> from = query.date("from");
        Optional<LocalDate> until = query.date("until");
        if (from.isPresent() && until.filter(from.get()::isAfter).isPresent()) {
            query.refuse("until", ViolationCode.OUT_OF_RANGE, "This must not be before from.");
        }
        PageRequest page = call.pageRequest();
        query.end();
        SlotStore.Position after = page.after().map(SlotController::position).orElse(SlotStore.Position.BEGINNING);
        var asked = new SlotAdjustment.Listed(from, until, after, page.rowsToRead());
        List<Slot> slots = adjustment.list(call.company().id(), call.pathText("code"), asked);
        return Answer.ok(call.page(page, slots, SlotController::position).map(SlotView::of));
    }

    @PatchMapping(SLOTS + "/{slotId}")
    @Requires(Permission.TICKETING)
    Answer change(Call call) {
        call.requireOperator();
        CompanyId company = call.company().id();
        String code = call.pathText("code");
        UUID slotId = call.pathUuid("slotId", WebProblem.RESOURCE_NOT_FOUND);
        call.query().end();
        JsonNode body = call.body();
        adjustment.requireSlot(company, code, slotId);
        SlotAdjustment.Change change = read(body, call.strict());
        return Answer.ok(SlotView.of(adjustment.change(company, call.caller(), code, slotId, change)));
    }

    private static String position(Slot slot) {
        return slot.startsAt() + " " + slot.slotId();
    }

    /** @param text as a page key had it, which is signed: no other comes here */
    private static SlotStore.Position position(String text) {
        String[] parts = text.split(" ", 2);
        return new SlotStore.Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    }

    private static SlotAdjustment.Change read(JsonNode body, boolean strict) {
        var violations = new Violations();
        var fields = new Fields(body, "", violations);
        Optional<Integer> capacity =
                fields.integer("capacity", 0, ScheduleFields.CAPACITY_MAX).map(Long::intValue);
        Optional<Boolean> closed = fields.bool("closed");
        if (strict) {
            fields.refuseUnknown();
        }
        violations.throwIfAny(body);
        return new SlotAdjustment.Change(capacity, closed);
    }
}
