package dev.drawbridge.orders;

/** Who the order, or one line of it, is for; empty where nothing was given. Stored only: nothing is ever sent to it. */
record SellTo(String email, String name, String language) {}
