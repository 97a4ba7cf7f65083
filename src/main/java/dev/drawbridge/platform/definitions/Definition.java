package dev.drawbridge.platform.definitions;

/**
 * One entry of a list of a company's setup.
 *
 * @param key comparison key of the entry's id, code or number: unique within company and kind
 * @param position the entry's place in its list, from 0; where a list's order decides, it decides
 * @param json the entry as it was written, its properties in their order
 */
public record Definition(DefinitionKind kind, String key, int position, String json) {}
