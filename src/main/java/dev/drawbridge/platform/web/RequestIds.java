package dev.drawbridge.platform.web;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import jakarta.servlet.ServletRequest;

/** The id of a request: in the header {@code x-request-id}, in each error body, in each line of the log. */
public final class RequestIds {

    public static final String HEADER = "x-request-id";

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();
    private static final String ATTRIBUTE = RequestIds.class.getName();

    private RequestIds() {}

    /** The request's id, made at the first call; an id that a client sends is never taken over. */
    public static String of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) {
            return id;
        }
        String id = GENERATOR.generate().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
