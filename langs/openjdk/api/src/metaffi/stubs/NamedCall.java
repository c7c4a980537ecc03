package metaffi.stubs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call being prepared, whose remaining arguments are passed by name. */
public abstract class NamedCall {
  private final Entity entity;
  private final Object[] positional;
  private final Map<String, Object> named = new LinkedHashMap<>();

  /** An array of all further positional arguments; null if the function takes none. */
  private Object rest;

  /**
   * For generated code.
   *
   * @param entity the function; its last parameter takes the named arguments
   * @param positional the arguments before that parameter
   */
  protected NamedCall(Entity entity, Object[] positional) {
    this.entity = entity;
    this.positional = positional;
  }

  /**
   * Passes all further positional arguments.
   *
   * @param values an array of the arguments
   */
  protected final void putRest(Object values) {
    rest = values;
  }

  /**
   * Passes a named argument.
   *
   * @param name its name
   * @param value the argument
   */
  protected final void put(String name, Object value) {
    named.put(name, Lower.any(value));
  }

  /**
   * Makes the call.
   *
   * @return the result
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
