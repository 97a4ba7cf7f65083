package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of an address, as it was sent: parameters in their order. The body is never taken for parameters. */
record QueryString(List<Parameter> all) {

    /** @param raw as sent, still encoded: {@code name=value} or {@code name} */
    record Parameter(String raw, String name, String value) {}

    QueryString {
        all = List.copyOf(all);
    }

    static QueryString of(HttpServletRequest request) {
        String query = request.getQueryString();
        var all = new ArrayList<Parameter>();
        for (String raw : query == null ? new String[0] : query.split("&", -1)) {
            if (!raw.isEmpty()) {
                int equals = raw.indexOf('=');
                all.add(new Parameter(
                        raw,
                        decoded(equals < 0 ? raw : raw.substring(0, equals)),
                        equals < 0 ? "" : decoded(raw.substring(equals + 1))));
            }
        }
        return new QueryString(all);
    }

    QueryParameters parameters(boolean strict) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        all.forEach(parameter -> values.computeIfAbsent(parameter.name(), name -> new ArrayList<>())
                .add(parameter.value()));
        return new QueryParameters(values, strict);
    }

    /** The parameters but for these, as they were sent. */
    List<String> rawWithout(String... names) {
        List<String> without = List.of(names);
        return all.stream()
                .filter(parameter -> !without.contains(parameter.name()))
                .map(Parameter::raw)
                .toList();
    }

    /** Names and values but for these, in an order of their own: what a list is filtered by. */
    String filters(String... names) {
        List<String> without = List.of(names);
        return all.stream()
                .filter(parameter -> !without.contains(parameter.name()))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String decoded(String text) {
        return PercentDecoding.decode(text.replace('+', ' ')).orElseThrow(() -> new Problem(WebProblem.BAD_REQUEST));
    }
}
