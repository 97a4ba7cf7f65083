package dev.drawbridge.platform.outbound;

/** Why an address is none that we send to. */
public enum TargetRefusal {
    NO_URL("This must be an absolute URL with a host, such as https://partner.example/hooks."),
    HAS_USER("A user or password in the address is not allowed; remove it."),
    HAS_FRAGMENT("A fragment (#...) in the address is not allowed; remove it."),
    NOT_HTTPS("The address must begin with https://; the operator can allow another for a host."),
    PORT("The port must be 443 or from 1024 on; use one of these."),
    OWN_HOST("This is the address of this server; give one of your own."),
    NOT_PUBLIC("The host is not on the public internet; use one that is, or ask the operator to allow it.");

    private final String message;

    TargetRefusal(String message) {
        this.message = message;
    }

    /** One sentence for a person that says what to do. */
    public String message() {
        return message;
    }
}
