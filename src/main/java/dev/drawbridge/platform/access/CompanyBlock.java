package dev.drawbridge.platform.access;

import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.NumberingFields;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.Stored;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The {@code company} block of a setup: which company it is, and how it works.
 *
 * @param displayName its name, where the block has none
 */
public record CompanyBlock(UUID tenant, String environment, String name, String displayName, CompanySettings settings) {

    private static final TextRule ENVIRONMENT = TextRule.reference(30);
    private static final TextRule NAME = TextRule.reference(100);
    private static final TextRule DISPLAY_NAME = TextRule.name(250);
    private static final TextRule CODE = TextRule.reference(10);

    private static final Pattern DOTS = Pattern.compile("\\.+");

    private static final String LANGUAGE = "ENU";
    private static final Period SALE_HORIZON = Period.ofDays(400);
    private static final Duration DRAFT_HOLD = Duration.ofHours(2);
    private static final Period GUEST_DATA_KEPT = Period.ofDays(90);
    private static final String WALLET_PATTERN = "[N*18]";

    private static final int SALE_HORIZON_DAYS_MAX = 1_100;
    private static final int GUEST_DATA_DAYS_MAX = 3_660;
    private static final Duration HOLD_MIN = Duration.ofSeconds(1);
    private static final Duration HOLD_MAX = Duration.ofDays(30);
    private static final int MINOR_DIGITS = 2;

    /**
     * Reads and validates a block of a new document.
     *
     * @param languageIsKnown whether something is a Business Central language code, in upper case
     */
    public static Optional<CompanyBlock> read(Fields fields, Predicate<String> languageIsKnown) {
        Optional<UUID> tenant = fields.requiredUuid("tenant");
        Optional<String> environment = segment(fields, "environment", ENVIRONMENT);
        Optional<String> name = segment(fields, "name", NAME);
        Optional<String> displayName =
                fields.json("displayName").flatMap(_ -> fields.requiredText("displayName", DISPLAY_NAME));
        Optional<CompanySettings> settings = settings(fields, languageIsKnown);
        fields.refuseUnknown();
        if (tenant.isEmpty() || environment.isEmpty() || name.isEmpty() || settings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CompanyBlock(
                tenant.get(), environment.get(), name.get(), displayName.orElse(name.get()), settings.get()));
    }

    /** Reads a block that was validated when it was stored. */
    public static CompanyBlock ofStored(String json) {
        return Stored.read(json, fields -> read(fields, _ -> true));
    }

    /** A name that the path can carry: no slash, which servers refuse even encoded, no dots alone, and no id. */
    private static Optional<String> segment(Fields fields, String field, TextRule rule) {
        Optional<String> name = fields.requiredText(field, rule);
        if (name.filter(text -> text.contains("/") || text.contains("\\")).isPresent()) {
            fields.refuse(field, ViolationCode.INVALID_CHARACTER, "This is part of addresses; use no slashes.");
        }
        if (name.filter(text ->
                        DOTS.matcher(text).matches() || Fields.uuid(text).isPresent())
                .isPresent()) {
            fields.refuse(field, ViolationCode.NOT_ALLOWED, "This is part of addresses; use a name, no dots or UUID.");
        }
        return name;
    }

    private static Optional<CompanySettings> settings(Fields fields, Predicate<String> languageIsKnown) {
        Optional<ZoneId> timeZone =
                fields.requiredParsed("timeZone", CompanyBlock::zone, "a time zone such as Europe/Copenhagen");
        Optional<String> currency = fields.requiredParsed(
                "currency", CompanyBlock::currency, "an ISO 4217 currency with 2 minor digits such as DKK");
        Optional<String> language = language(fields, languageIsKnown);
        Optional<Period> saleHorizon = Forms.period(fields, "saleHorizon", SALE_HORIZON_DAYS_MAX);
        Optional<Duration> draftHold = Forms.duration(fields, "draftHold", HOLD_MIN, HOLD_MAX);
        Optional<Period> guestDataKept = Forms.period(fields, "guestDataKept", GUEST_DATA_DAYS_MAX);
        Optional<Numbering> walletNumbering =
                NumberingFields.orElse(fields, "walletReferencePattern", WALLET_PATTERN, "walletSeries", "wallet");
        Optional<CompanySettings.RateLimit> rateLimit = RateLimitFields.read(fields, "rateLimit");
        if (timeZone.isEmpty() || currency.isEmpty() || walletNumbering.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CompanySettings(
                timeZone.get(),
                currency.get(),
                language.orElse(LANGUAGE),
                saleHorizon.orElse(SALE_HORIZON),
                draftHold.orElse(DRAFT_HOLD),
                guestDataKept.orElse(GUEST_DATA_KEPT),
                walletNumbering.get(),
                rateLimit));
    }

    private static Optional<String> language(Fields fields, Predicate<String> isKnown) {
        return fields.text("language", CODE)
                .map(code -> code.toUpperCase(Locale.ROOT))
                .filter(code -> {
                    if (!isKnown.test(code)) {
                        fields.refuse(
                                "language",
                                ViolationCode.UNKNOWN_LANGUAGE,
                                "This is no Business Central language code such as ENU or DAN.");
                    }
                    return isKnown.test(code);
                });
    }

    /** A region's zone: an offset such as +01:00 has no daylight saving, and is hardly ever meant. */
    private static Optional<ZoneId> zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    private static Optional<String> currency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .filter(currency -> currency.getDefaultFractionDigits() == MINOR_DIGITS)
                .map(Currency::getCurrencyCode)
                .findFirst();
    }
}
