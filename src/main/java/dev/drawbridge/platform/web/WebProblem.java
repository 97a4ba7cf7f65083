package dev.drawbridge.platform.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What the platform itself refuses, whatever the endpoint. */
public enum WebProblem implements ProblemCode {
    VALIDATION_FAILED(HttpStatus.BAD_REQUEST, "Some fields are not valid; see details, correct them and send again."),
    INVALID_JSON(HttpStatus.BAD_REQUEST, "The body is not a JSON object; send one well-formed JSON object in UTF-8."),
    INVALID_API_VERSION(
            HttpStatus.BAD_REQUEST,
            "The header x-api-version is not a released version; send a date from 2026-11-01 on, or leave it out."),
    INVALID_PAGE_KEY(
            HttpStatus.BAD_REQUEST,
            "The pageKey is not one of this list; start again without it and follow nextPageURL."),
    INVALID_ROW_VERSION(
            HttpStatus.BAD_REQUEST,
            "lastRowVersion is not a decimal integer; send the highest rowVersion that you got."),
    FILTER_NOT_ALLOWED(
            HttpStatus.BAD_REQUEST, "With sync=true no filter is allowed, rows would leave it unseen; leave it out."),
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "No live API key was sent; send one in the header x-np-api-key."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "This API key may not do that; ask the operator for a key that may."),
    SAAS_TENANT_NOT_FOUND(HttpStatus.NOT_FOUND, "No such tenant for this key; check the first segment of the path."),
    SAAS_ENVIRONMENT_NOT_FOUND(
            HttpStatus.NOT_FOUND, "No such environment for this key; check the second segment of the path."),
    SAAS_COMPANY_NOT_FOUND(HttpStatus.NOT_FOUND, "No such company for this key; check the third segment of the path."),
    RESOURCE_NOT_FOUND(HttpStatus.NOT_FOUND, "Nothing is here; check the path and the ids in it."),
    UNSUPPORTED_HTTP_METHOD(
            HttpStatus.METHOD_NOT_ALLOWED,
            "This path does not support the method; use one that the header Allow lists."),
    IDEMPOTENCY_IN_PROGRESS(
            HttpStatus.CONFLICT, "The first request with this Idempotency-Key is still running; try again shortly."),
    RESYNC_REQUIRED(
            HttpStatus.GONE,
            "This lastRowVersion is not of this database, which was restored; read again from the start."),
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time; send the request again at once."),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 2 MiB; send less in one request."),
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "The address is too long; shorten it."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body's type or encoding is not supported; send application/json, or application/yaml for a setup,"
                    + " without Content-Encoding."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "This Idempotency-Key belongs to another request; use a new key for a new request."),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests; wait as long as the header Retry-After says."),
    HEADERS_TOO_LARGE(
            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large; send fewer or shorter ones."),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not well-formed HTTP; check its line and headers."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The server failed; try again, and give the requestId to the operator if it stays so."),
    OVERLOADED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The server cannot take this now; wait as long as the header Retry-After says.");

    private final HttpStatus status;
    private final String message;

    WebProblem(HttpStatus status, String message) {
        this.status = status;
        this.message = message;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String message() {
        return message;
    }
}
