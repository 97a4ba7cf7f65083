package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler that needs a live API key, and says what else must hold before it runs. Every handler whose path
 * begins with {@code /{tenant}} has it; one without it needs no key.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /** The permission that the key must have; none: any live key will do. */
    Permission[] value() default {};

    /** The media types that the body may have, without parameters. */
    String[] accepts() default "application/json";

    /** The releases that this handler knows, oldest first: {@link Call#version()} is one of them. */
    String[] releases() default ApiVersions.FIRST;

    /** Whether the platform key may name a company that does not exist yet. */
    boolean newCompany() default false;
}
