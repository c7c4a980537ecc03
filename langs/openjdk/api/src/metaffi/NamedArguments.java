package metaffi;

import java.util.Map;

/**
 * An entity whose last argument is passed by name: a {@link Map} crosses as pairs of name and
 * value, whatever its declared type.
 */
final class NamedArguments implements Callee {
  private static final String TAG = "named_args";

  private final Callee entity;

  NamedArguments(Callee entity) {
    this.entity = entity;
  }

  /** Whether an entity path has the tag. */
  static boolean areIn(String entityPath) {
    for (String item : entityPath.split(",")) {
      String tag = item.replace(" ", "");
      if (tag.equals(TAG) || tag.equals(TAG + "=true")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Object[] call(Object[] arguments) {
    int last = arguments.length - 1;
    if (last < 0 || !(arguments[last] instanceof Map)) {
      return entity.call(arguments);
    }
    Object[] all = arguments.clone();
    all[last] = pairs((Map<?, ?>) arguments[last]);
    return entity.call(all);
  }

  private static Object[] pairs(Map<?, ?> named) {
    return named.entrySet().stream()
        .map(entry -> new Object[] {entry.getKey(), entry.getValue()})
        .toArray();
  }

  @Override
  public long newReference() {
    return entity.newReference();
  }

  @Override
  public void close() {
    entity.close();
  }

  @Override
  public String toString() {
    return entity.toString();
  }
}
