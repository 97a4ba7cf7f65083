package dev.drawbridge.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is sold.
 *
 * @param number as written in the setup
 * @param key comparison key of the number
 * @param description in the company's language
 * @param translations by Business Central language code, in upper case
 * @param ticketTypeKey empty: selling it gives no ticket; never there for a bundle
 * @param price empty: it costs nothing, or is a bundle, which costs what its components cost
 * @param priceRules in the order of the list
 * @param bundle what the item contains, if it is a bundle ({@code package} in the API)
 * @param blocked itself; a bundle is also blocked by its components, see {@link CatalogSnapshot#isBlocked}
 */
public record Item(
        String number,
        String key,
        String description,
        Map<String, String> translations,
        Optional<String> ticketTypeKey,
        Optional<ListPrice> price,
        List<PriceRule> priceRules,
        Optional<List<Component>> bundle,
        boolean blocked) {

    public Item {
        translations = Map.copyOf(translations);
        priceRules = List.copyOf(priceRules);
        bundle = bundle.map(List::copyOf);
    }

    public boolean isBundle() {
        return bundle.isPresent();
    }

    /** The translation for a Business Central language code in either case, else the description. */
    public String descriptionIn(String language) {
        return translations.getOrDefault(language.toUpperCase(Locale.ROOT), description);
    }
}
