package dev.drawbridge.platform.requests;

import java.util.List;
import java.util.function.Function;

/** The envelope of every list; on the last page both strings are empty. */
public record Page<T>(boolean morePages, String nextPageKey, String nextPageURL, List<T> data) {

    public Page {
        data = List.copyOf(data);
    }

    /** The same page of what the rows look like outside. */
    public <V> Page<V> map(Function<? super T, V> view) {
        return new Page<>(
                morePages, nextPageKey, nextPageURL, data.stream().map(view).toList());
    }
}
