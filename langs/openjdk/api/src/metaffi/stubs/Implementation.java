package metaffi.stubs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metaffi.MetaFFIException;
import metaffi.internal.Spread;

/**
 * How a class of the program implements a guest's interfaces, whose stubs it implements: the
 * methods that the class defines itself. The stubs' own methods call the guest.
 */
public final class Implementation {
  private static final ClassValue<Implementation> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Implementation computeValue(Class<?> type) {
          return new Implementation(type);
        }
      };

  /** By their names in the guest. */
  private final Map<String, List<Overload>> methods = new HashMap<>();

  private Implementation(Class<?> type) {
    Set<List<Object>> seen = new HashSet<>();
    for (Class<?> above : stubInterfaces(type)) {
      for (Method method : above.getDeclaredMethods()) {
        List<Object> signature = new ArrayList<>(List.of(method.getName()));
        signature.addAll(Arrays.asList(method.getParameterTypes()));
        if (isDefinedBy(type, method) && seen.add(signature)) {
          GuestName name = method.getAnnotation(GuestName.class);
          String guestName = name == null ? method.getName() : name.value();
          methods.computeIfAbsent(guestName, key -> new ArrayList<>()).add(new Overload(method));
        }
      }
    }
  }

  /** The stub interfaces of a class, nearest first. */
  private static List<Class<?>> stubInterfaces(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    Deque<Class<?>> next = new ArrayDeque<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      next.addAll(Arrays.asList(each.getInterfaces()));
    }
    while (!next.isEmpty()) {
      Class<?> one = next.remove();
      if (isStub(one) && found.add(one)) {
        next.addAll(Arrays.asList(one.getInterfaces()));
      } else if (Guest.class.isAssignableFrom(one)) {
        next.addAll(Arrays.asList(one.getInterfaces()));
      }
    }
    return new ArrayList<>(found);
  }

  private static boolean isStub(Class<?> type) {
    try {
      return type.getDeclaredField("METAFFI_ID") != null;
    } catch (NoSuchFieldException e) {
      return false;
    }
  }

  /** Whether the class itself defines a method of an interface. */
  private static boolean isDefinedBy(Class<?> type, Method method) {
    int modifiers = method.getModifiers();
    if (!Modifier.isPublic(modifiers) || Modifier.isStatic(modifiers) || method.isSynthetic()) {
      return false;
    }
    try {
      Method own = type.getMethod(method.getName(), method.getParameterTypes());
      return !isStub(own.getDeclaringClass());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /**
   * Returns a method of a program's object as other languages call it.
   *
   * @param object an object whose class implements stubs of interfaces
   * @param name the guest's name of the method
   * @return the method; null if the class does not define it
   */
  public static Spread method(Object object, String name) {
    List<Overload> overloads = OF_CLASS.get(object.getClass()).methods.get(name);
    if (overloads == null) {
      return null;
    }
    BitSet counts = new BitSet();
    overloads.forEach(overload -> counts.set(overload.count()));
    return new Spread(arguments -> call(object, overloads, arguments), counts);
  }

  private static Object call(Object object, List<Overload> overloads, Object[] arguments) {
    Overload chosen = null;
    for (Overload overload : overloads) {
      if (overload.count() == arguments.length
          && (chosen == null || !chosen.takes(arguments) && overload.takes(arguments))) {
        chosen = overload;
      }
    }
    if (chosen == null) {
      throw new MetaFFIException(
          overloads.get(0) + " of " + object.getClass().getTypeName() + " cannot be called with "
              + arguments.length + " argument(s)");
    }
    return chosen.call(object, arguments);
  }

  /**
   * Makes an object of a Java guest's interface from an object of the program that implements the
   * interface's stub.
   *
   * @param type the guest's interface
   * @param object any object
   * @return the object; null if that is not possible
   */
  public static Object adapt(Class<?> type, Object object) {
    if (!type.isInterface() || !(object instanceof Guest)) {
      return null;
    }
    Implementation known = OF_CLASS.get(object.getClass());
    boolean hasAny =
        Arrays.stream(type.getMethods()).anyMatch(each -> known.methods.containsKey(each.getName()));
    return hasAny ? Adapted.of(type, object) : null;
  }

  /**
   * Returns the object of the program behind one that {@link #adapt} made.
   *
   * @param value any value
   * @return the object; the value itself if it is not such an object
   */
  static Object original(Object value) {
    Adapted adapted = Adapted.behind(value);
    return adapted == null ? value : adapted.object;
  }

  /** An interface method that a class of the program defines. */
  private static final class Overload {
    private final Method method;
    private final ParameterLift[] parameters;

    Overload(Method method) {
      this.method = method;
      StubModule module = StubModule.of(method.getDeclaringClass());
      parameters =
          Arrays.stream(method.getGenericParameterTypes())
              .map(type -> ParameterLift.as(type, module))
              .toArray(ParameterLift[]::new);
    }

    int count() {
      return parameters.length;
    }

    boolean takes(Object[] arguments) {
      for (int i = 0; i < arguments.length; i++) {
        if (!parameters[i].takes(arguments[i])) {
          return false;
        }
      }
      return true;
    }

    Object call(Object object, Object[] arguments) {
      Object[] lifted = new Object[arguments.length];
      for (int i = 0; i < lifted.length; i++) {
        lifted[i] = parameters[i].lift(arguments[i]);
      }
      try {
        return Lower.any(method.invoke(object, lifted));
      } catch (InvocationTargetException e) {
        throw Implementation.<RuntimeException>unchecked(e.getCause());
      } catch (IllegalAccessException | IllegalArgumentException e) {
        throw new MetaFFIException(this + ": " + e.getMessage());
      }
    }

    @Override
    public String toString() {
      return "the method " + method.getName();
    }
  }

  /** Throws any exception unchanged, checked or not. */
  @SuppressWarnings("unchecked")
  static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
