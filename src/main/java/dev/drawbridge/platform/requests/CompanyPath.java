package dev.drawbridge.platform.requests;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The first three segments of a path, decoded: where a company is, or is to be. */
public record CompanyPath(UUID tenant, String environment, String company) {

    /** The company as it was sent, and decoded once more: some clients encode it twice. */
    public List<String> companySpellings() {
        return spellings(company).toList();
    }

    static Stream<String> spellings(String company) {
        return Stream.concat(Stream.of(company), RequestPath.decodedAgain(company).stream());
    }
}
