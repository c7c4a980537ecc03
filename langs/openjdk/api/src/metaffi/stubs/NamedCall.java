package metaffi.stubs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call under preparation, whose further arguments are passed by name. */
public abstract class NamedCall {
  private final Entity entity;
  private final Object[] positional;
  private final Map<String, Object> named = new LinkedHashMap<>();

  /** An array of all further arguments by place; null where none are taken. */
  private Object rest;

  /**
   * For generated code.
   *
   * @param entity what is called; its last parameter takes what is named
   * @param positional the arguments before that
   */
  protected NamedCall(Entity entity, Object[] positional) {
    this.entity = entity;
    this.positional = positional;
  }

  /**
   * Passes all further arguments by place.
   *
   * @param values an array of them
   */
  protected final void putRest(Object values) {
    rest = values;
  }

  /**
   * Passes an argument.
   *
   * @param name its name
   * @param value the argument
   */
  protected final void put(String name, Object value) {
    named.put(name, Lower.any(value));
  }

  /**
   * Calls it.
   *
   * @return what it returns
   */
  protected final Object invoke() {
    int count = positional.length + (rest == null ? 1 : 2);
    Object[] all = Arrays.copyOf(positional, count, Object[].class);
    if (rest != null) {
      all[count - 2] = rest;
    }
    all[count - 1] = named;
    return entity.callWith(all);
  }
}
