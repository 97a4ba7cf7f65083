package dev.drawbridge.setup;

import dev.drawbridge.platform.access.ApiKey;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The body that asks for an API key. */
final class ApiKeyBody {

    /** What four digits of a year can say. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final TextRule NAME = TextRule.name(100);
    private static final TextRule CAPTION = TextRule.name(50);

    private final JsonNode body;
    private final boolean strict;
    private final Violations violations = new Violations();
    private final Fields fields;

    /** @param strict whether unknown properties are violations */
    ApiKeyBody(JsonNode body, boolean strict) {
        this.body = body;
        this.strict = strict;
        this.fields = new Fields(body, "", violations);
    }

    /** Permissions that are left out are all that such a key may hold. */
    ApiKey.Wanted read(Predicate<PartnerId> partnerExists, Instant now) {
        Optional<String> name = fields.requiredText("name", NAME);
        Optional<PartnerId> partner = fields.optionalUuid("partnerId").map(PartnerId::new);
        partner.filter(partnerExists.negate())
                .ifPresent(_ -> fields.refuse(
                        "partnerId", ViolationCode.UNKNOWN_REFERENCE, "No partner of the setup has this id."));
        Set<Permission> holdable = ApiKeys.holdableBy(partner);
        Optional<List<Permission>> permissions = permissions(holdable);
        Optional<Instant> expiresAt = expiresAt(now);
        if (strict) {
            fields.refuseUnknown();
        }
        violations.throwIfAny(body);
        return new ApiKey.Wanted(name.orElseThrow(), partner, permissions.orElse(List.copyOf(holdable)), expiresAt);
    }

    private Optional<List<Permission>> permissions(Set<Permission> holdable) {
        Optional<List<JsonNode>> captions = fields.array("permissions");
        if (captions.filter(List::isEmpty).isPresent()) {
            fields.refuse("permissions", ViolationCode.OUT_OF_RANGE, "Name at least one, or leave this out for all.");
        }
        return captions.map(elements -> permissions(elements, holdable));
    }

    private List<Permission> permissions(List<JsonNode> captions, Set<Permission> holdable) {
        List<Permission> permissions = new ArrayList<>();
        for (int index = 0; index < captions.size(); index++) {
            String place = fields.pointer("permissions") + "/" + index;
            Fields.textOf(captions.get(index), place, CAPTION, violations)
                    .flatMap(caption -> permission(caption, place))
                    .ifPresent(permission -> {
                        if (permissions.contains(permission)) {
                            violations.add(place, ViolationCode.DUPLICATE_VALUE, "Name each permission once.");
                        } else if (!holdable.contains(permission)) {
                            violations.add(
                                    place,
                                    ViolationCode.NOT_ALLOWED,
                                    "A partner's key cannot hold this; leave it out, or make an operator's key.");
                        }
                        permissions.add(permission);
                    });
        }
        return permissions;
    }

    private Optional<Permission> permission(String caption, String place) {
        Optional<Permission> permission = Permission.ofCaption(caption);
        if (permission.isEmpty()) {
            violations.add(
                    place,
                    ViolationCode.UNKNOWN_PERMISSION,
                    "Permissions are OTA Channel Manager, Ticketing, Attraction Wallet, Coupon, Speedgate, Setup.");
        }
        return permission;
    }

    private Optional<Instant> expiresAt(Instant now) {
        Optional<Instant> expiresAt =
                fields.parsed("expiresAt", ApiKeyBody::instant, "a time with zone such as 2027-01-31T12:00:00Z");
        expiresAt
                .filter(at -> !at.isAfter(now))
                .ifPresent(_ -> fields.refuse(
                        "expiresAt", ViolationCode.DATE_IN_PAST, "This has passed; choose a later time."));
        return expiresAt;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS))
                    .filter(LATEST::isAfter);
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }
}
