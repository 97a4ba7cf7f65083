package dev.drawbridge.partners;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.numbers.Numbers;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Draws the channel manager's own document number of an order ({@code buyFromOrderReference}, at most 20 characters).
 */
@Component
public class DocumentNumbers {

    /** Crockford's alphabet: no I, L, O, U, which are misread. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LETTERS_DRAWN = 4;
    private static final int CLASHES_OF_CHANCE = 10;
    private static final int SKIP_BITS_MAX = 28;
    private static final DateTimeFormatter RECEIVED =
            DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SecureRandom random = new SecureRandom();
    private final Numbers numbers;

    DocumentNumbers(Numbers numbers) {
        this.numbers = numbers;
    }

    /**
     * The partner's own series if it has one, else {@code CM-} with the time and four random letters.
     *
     * @param clashes how many numbers drawn for this order were taken: from the tenth on values are left out, twice as
     *     many each time, so that a million taken numbers in a row are passed in thirty draws
     * @throws Numbers.UsedUp when the partner's series gives no number any more that is short enough
     */
    public String draw(CompanyId company, Partner partner, Instant receivedAt, int clashes) {
        if (clashes >= CLASHES_OF_CHANCE) {
            int left = 1 << Math.min(clashes - CLASHES_OF_CHANCE, SKIP_BITS_MAX);
            partner.documentNumbers().ifPresent(numbering -> numbers.skip(company, numbering, left));
        }
        String number = partner.documentNumbers()
                .map(numbering -> numbers.draw(company, numbering))
                .orElseGet(() -> standard(receivedAt));
        FaultPoint.hit("document-no-after-take");
        return number;
    }

    private String standard(Instant receivedAt) {
        var number =
                new StringBuilder("CM-").append(RECEIVED.format(receivedAt)).append('-');
        for (int drawn = 0; drawn < LETTERS_DRAWN; drawn++) {
            number.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return number.toString();
    }
}
