package dev.drawbridge.platform.numbers;

/** What a random character of a number may be. */
enum Alphabet {
    DIGITS("0123456789"),
    LETTERS("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    LETTERS_AND_DIGITS("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private final String characters;

    Alphabet(String characters) {
        this.characters = characters;
    }

    static Alphabet ofTag(String tag) {
        return switch (tag) {
            case "N" -> DIGITS;
            case "A" -> LETTERS;
            case "X" -> LETTERS_AND_DIGITS;
            default -> throw new IllegalArgumentException("Tag " + tag);
        };
    }

    int size() {
        return characters.length();
    }

    char at(int index) {
        return characters.charAt(index);
    }
}
