package dev.drawbridge.catalog;

/** What one asset costs, in minor units of the company's currency, each of the two rounded by itself. */
public record UnitPrice(long exclMinor, long inclMinor) {

    public static final UnitPrice ZERO = new UnitPrice(0, 0);

    public UnitPrice plus(UnitPrice other) {
        return new UnitPrice(Math.addExact(exclMinor, other.exclMinor), Math.addExact(inclMinor, other.inclMinor));
    }

    public UnitPrice times(int quantity) {
        return new UnitPrice(Math.multiplyExact(exclMinor, quantity), Math.multiplyExact(inclMinor, quantity));
    }
}
