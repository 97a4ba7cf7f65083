package dev.drawbridge.orders;

import java.time.LocalDate;
import java.time.LocalTime;

/** When one ticket component of a bundle is visited, where that differs from its line. */
record ComponentVisit(String itemNumber, LocalDate visitDate, LocalTime visitTime) {}
