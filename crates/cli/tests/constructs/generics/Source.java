import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generic classes and functions. */
public class Source<K extends Comparable<K>, V> {
    public static <T> List<T> twice(T element) {
        return List.of(element, element);
    }

    public Source<K, V> put(K key, V value) {
        return this;
    }

    public Optional<V> get(K key) {
        return Optional.empty();
    }

    public Map<K, List<V>> entries() {
        return Map.of();
    }
}
