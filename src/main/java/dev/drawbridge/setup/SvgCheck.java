package dev.drawbridge.setup;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through an SVG. What may be in it is listed, everything else is refused: a list of what is dangerous would be
 * one element short. Elements that repeat others ({@code use}, {@code pattern}) are not listed, since a few of them in
 * one another draw a billion shapes.
 */
final class SvgCheck {

    enum Verdict {
        HARMLESS,
        NO_SVG,
        /** Scripts, event handlers, anything from elsewhere, a DTD, unknown elements. */
        ACTIVE
    }

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int DEPTH_MAX = 64;

    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "title",
            "desc",
            "metadata",
            "style",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "text",
            "tspan",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask");

    /** Attributes that name something: in this document it may be. */
    private static final Set<String> REFERENCES = Set.of("href", "src", "base");

    /** Of style sheets: imports, escapes that hide words, old browsers' scripts. */
    private static final Pattern ACTIVE_STYLE = Pattern.compile("@|\\\\|expression|behavior|binding|javascript:");

    /** What {@code url} may be called with: something in this document. */
    private static final Pattern LOCAL = Pattern.compile("\\s*+['\"]?#");

    /** What style sheets and attributes may call; others, such as {@code image-set}, may fetch something. */
    private static final Set<String> FUNCTIONS = Set.of(
            "rgb",
            "rgba",
            "hsl",
            "hsla",
            "hwb",
            "lab",
            "lch",
            "oklab",
            "oklch",
            "color",
            "calc",
            "min",
            "max",
            "clamp",
            "var",
            "translate",
            "translatex",
            "translatey",
            "rotate",
            "scale",
            "scalex",
            "scaley",
            "skew",
            "skewx",
            "skewy",
            "matrix",
            "linear-gradient",
            "radial-gradient",
            "polygon",
            "circle",
            "ellipse",
            "inset");

    /** Attributes that are read by people and their machines, and are never style. */
    private static final Set<String> TEXTS = Set.of("id", "class", "aria-label", "aria-description", "label");

    private SvgCheck() {}

    /** In UTF-8 and no other encoding: what we read is what a browser reads. */
    static Verdict of(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            String encoding = reader.getCharacterEncodingScheme();
            return encoding == null || encoding.equalsIgnoreCase("UTF-8") ? walk(reader) : Verdict.NO_SVG;
        } catch (CharacterCodingException | XMLStreamException malformed) {
            return Verdict.NO_SVG;
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static Verdict walk(XMLStreamReader reader) throws XMLStreamException {
        Deque<String> open = new ArrayDeque<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (open.isEmpty() && !isSvg(reader)) {
                    return Verdict.NO_SVG;
                }
                open.push(reader.getLocalName());
                if (open.size() > DEPTH_MAX || !isHarmlessElement(reader)) {
                    return Verdict.ACTIVE;
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open.pop();
            } else if (!isHarmlessContent(event, reader, open)) {
                return Verdict.ACTIVE;
            }
        }
        return Verdict.HARMLESS;
    }

    private static boolean isSvg(XMLStreamReader reader) {
        return SVG.equals(reader.getNamespaceURI()) && "svg".equals(reader.getLocalName());
    }

    private static boolean isHarmlessElement(XMLStreamReader reader) {
        if (!SVG.equals(reader.getNamespaceURI()) || !ELEMENTS.contains(reader.getLocalName())) {
            return false;
        }
        for (int index = 0; index < reader.getAttributeCount(); index++) {
            if (!isHarmlessAttribute(reader.getAttributeLocalName(index), reader.getAttributeValue(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmlessAttribute(String name, String value) {
        String lowerName = name.toLowerCase(Locale.ROOT);
        if (lowerName.startsWith("on")) {
            return false;
        }
        if (REFERENCES.contains(lowerName)) {
            return value.startsWith("#");
        }
        return TEXTS.contains(lowerName) || isHarmlessStyle(value);
    }

    private static boolean isHarmlessContent(int event, XMLStreamReader reader, Deque<String> open) {
        return switch (event) {
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                !"style".equals(open.peek()) || isHarmlessStyle(reader.getText());
            case XMLStreamConstants.SPACE, XMLStreamConstants.COMMENT, XMLStreamConstants.END_DOCUMENT -> true;
            default -> false; // a DTD, a processing instruction, an entity
        };
    }

    private static boolean isHarmlessStyle(String text) {
        String style = text.toLowerCase(Locale.ROOT);
        for (int open = style.indexOf('('); open >= 0; open = style.indexOf('(', open + 1)) {
            String name = nameBefore(style, open);
            boolean local =
                    LOCAL.matcher(style).region(open + 1, style.length()).lookingAt();
            if (name.equals("url") ? !local : !FUNCTIONS.contains(name)) {
                return false;
            }
        }
        return !ACTIVE_STYLE.matcher(style).find();
    }

    /** Attributes may have blanks between a function and its bracket; elsewhere these make it none. */
    private static String nameBefore(String style, int bracket) {
        int end = bracket;
        while (end > 0 && Character.isWhitespace(style.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && isOfName(style.charAt(start - 1))) {
            start--;
        }
        return style.substring(start, end);
    }

    private static boolean isOfName(char character) {
        return character == '-' || character == '_' || Character.isLetterOrDigit(character);
    }
}
