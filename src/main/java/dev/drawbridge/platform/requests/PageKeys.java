package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.KeyedHash;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Pages of lists. A page key is the position of the last row that was shown, signed together with the list's path and
 * filters, so that it opens no other list.
 */
@Component
class PageKeys {

    static final int SIZE_DEFAULT = 1_000;
    static final int SIZE_MAX = 20_000;

    private static final String SIZE = "pageSize";
    private static final String KEY = "pageKey";
    private static final String PURPOSE = "page key";
    private static final int SIGNATURE_BYTES = 16;

    private final KeyedHash hash;

    PageKeys(KeyedHash hash) {
        this.hash = hash;
    }

    PageRequest read(HttpServletRequest request, QueryParameters query) {
        int size = query.integer(SIZE, 1, SIZE_MAX).orElse(SIZE_DEFAULT);
        Optional<String> key = query.value(KEY).filter(text -> !text.isEmpty());
        return new PageRequest(size, key.map(text -> position(text, list(request))));
    }

    <T> Page<T> page(
            HttpServletRequest request,
            String publicBaseUrl,
            PageRequest asked,
            List<T> rows,
            Function<? super T, String> positionOf) {
        if (rows.size() <= asked.size()) {
            return new Page<>(false, "", "", rows);
        }
        List<T> shown = rows.subList(0, asked.size());
        String key = key(positionOf.apply(shown.getLast()), list(request));
        List<String> parameters = new ArrayList<>(QueryString.of(request).rawWithout(KEY));
        parameters.add(KEY + "=" + key);
        String url = publicBaseUrl + request.getRequestURI() + "?" + String.join("&", parameters);
        return new Page<>(true, key, url, shown);
    }

    private String key(String position, String list) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] key = ByteBuffer.allocate(SIGNATURE_BYTES + text.length)
                .put(signature(text, list))
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private String position(String key, String list) {
        byte[] bytes = bytes(key);
        if (bytes.length <= SIGNATURE_BYTES) {
            throw new Problem(WebProblem.INVALID_PAGE_KEY);
        }
        byte[] text = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
        byte[] signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
        if (!MessageDigest.isEqual(signature, signature(text, list))) {
            throw new Problem(WebProblem.INVALID_PAGE_KEY);
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String key) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(key);
            // the last character may carry bits that decoding drops: such a key was changed, too
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(key)) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            throw new Problem(WebProblem.INVALID_PAGE_KEY);
        }
        throw new Problem(WebProblem.INVALID_PAGE_KEY);
    }

    private byte[] signature(byte[] position, String list) {
        byte[] where = list.getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(Integer.BYTES + where.length + position.length)
                .putInt(where.length)
                .put(where)
                .put(position)
                .array();
        return Arrays.copyOf(hash.of(PURPOSE, message), SIGNATURE_BYTES);
    }

    private static String list(HttpServletRequest request) {
        return request.getRequestURI().toLowerCase(Locale.ROOT) + "\n"
                + QueryString.of(request).filters(SIZE, KEY);
    }
}
