package dev.drawbridge.ticketing;

import java.time.LocalDate;

/** One local day of an admission: what the slots of a visit are looked up by. */
public record AdmissionDay(String admissionKey, LocalDate date) {}
