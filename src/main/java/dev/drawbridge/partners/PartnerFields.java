package dev.drawbridge.partners;

import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.access.RateLimitFields;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.numbers.NumberPattern;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.NumberingFields;
import dev.drawbridge.platform.numbers.Series;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a partner is written in a setup, and what it may be. */
final class PartnerFields {

    private static final TextRule NAME = TextRule.name(100);
    private static final TextRule CODE = TextRule.reference(20);
    /** Documents of partners without numbers of their own begin so. */
    private static final String OWN_PREFIX = "CM-";
    /** In characters: what the API promises of a document's number. */
    private static final int DOCUMENT_NUMBER_LENGTH_MAX = 20;

    private static final Duration HOLD_MIN = Duration.ofSeconds(1);
    private static final Duration HOLD_MAX = Duration.ofDays(30);

    private PartnerFields() {}

    static Optional<Partner> read(Fields fields) {
        Optional<PartnerId> id = fields.requiredUuid("id").map(PartnerId::new);
        Optional<String> name = fields.requiredText("name", NAME);
        Optional<Boolean> active = fields.bool("active");
        Optional<Numbering> documentNumbers =
                fields.object("documentNumbers").flatMap(numbers -> documentNumbers(numbers, id));
        Optional<Duration> draftHold = Forms.duration(fields, "draftHold", HOLD_MIN, HOLD_MAX);
        Optional<RateLimit> rateLimit = RateLimitFields.read(fields, "rateLimit");
        Optional<String> design = fields.text("design", CODE);
        fields.refuseUnknown();
        return id.map(found -> new Partner(
                found, name.orElse(""), active.orElse(true), documentNumbers, draftHold, rateLimit, design));
    }

    private static Optional<Numbering> documentNumbers(Fields fields, Optional<PartnerId> partner) {
        Optional<String> prefix = fields.requiredText("prefix", CODE).filter(text -> isUsable(fields, text));
        Optional<Series> series = NumberingFields.series(fields);
        fields.refuseUnknown();
        if (prefix.isEmpty() || series.isEmpty() || partner.isEmpty()) {
            return Optional.empty();
        }
        int length = prefix.get().codePointCount(0, prefix.get().length())
                + series.get().digits();
        if (length > DOCUMENT_NUMBER_LENGTH_MAX) {
            fields.refuse(
                    "prefix",
                    ViolationCode.TOO_LONG,
                    "Prefix and digits together may have " + DOCUMENT_NUMBER_LENGTH_MAX + " characters, these have "
                            + length + "; shorten one.");
            return Optional.empty();
        }
        return NumberPattern.parse(prefix.get() + "[S]")
                .map(pattern -> new Numbering(pattern, "partner:" + partner.get(), series, DOCUMENT_NUMBER_LENGTH_MAX));
    }

    private static boolean isUsable(Fields fields, String prefix) {
        if (prefix.contains("[") || prefix.contains("]")) {
            fields.refuse("prefix", ViolationCode.INVALID_CHARACTER, "A prefix has no brackets; remove them.");
            return false;
        }
        if (ComparisonKey.of(prefix).equals(ComparisonKey.of(OWN_PREFIX))) {
            fields.refuse("prefix", ViolationCode.NOT_ALLOWED, "CM- is the channel manager's own; choose another.");
            return false;
        }
        return true;
    }

    /** @param kept partners that the document leaves out and that stay all the same, retired */
    static void refusePrefixesOf(Collection<Partner> kept, List<Located<Partner>> partners, Violations violations) {
        Set<String> prefixes =
                kept.stream().flatMap(partner -> prefixKey(partner).stream()).collect(Collectors.toSet());
        partners.stream()
                .filter(partner ->
                        prefixKey(partner.value()).filter(prefixes::contains).isPresent())
                .forEach(partner -> partner.refuse(
                        "documentNumbers/prefix",
                        ViolationCode.DUPLICATE_VALUE,
                        "A partner that this document leaves out has it, and stays because of its orders or keys; "
                                + "choose another.",
                        violations));
    }

    private static Optional<String> prefixKey(Partner partner) {
        return partner.documentNumbers()
                .map(numbers -> ComparisonKey.of(numbers.pattern().toString()));
    }

    static void crossCheck(List<Located<Partner>> partners, Set<String> designKeys, Violations violations) {
        Set<String> prefixes = new HashSet<>();
        for (Located<Partner> partner : partners) {
            partner.value()
                    .design()
                    .filter(design -> !designKeys.contains(ComparisonKey.of(design)))
                    .ifPresent(_ -> partner.refuse(
                            "design", ViolationCode.UNKNOWN_REFERENCE, "No design has this code.", violations));
            prefixKey(partner.value())
                    .filter(prefix -> !prefixes.add(prefix))
                    .ifPresent(_ -> partner.refuse(
                            "documentNumbers/prefix",
                            ViolationCode.DUPLICATE_VALUE,
                            "Another partner has this prefix; choose another.",
                            violations));
        }
    }
}
