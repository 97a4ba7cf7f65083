package dev.drawbridge.platform.web;

import org.springframework.http.HttpStatus;

/** A refusal that a caller can see: a stable code for machines, a status, and a sentence that says what to do. */
public interface ProblemCode {

    /** Stable, lower-case with underscores; never changes once released. */
    String code();

    HttpStatus status();

    /** One plain sentence for a person: what is wrong and what to do. */
    String message();
}
