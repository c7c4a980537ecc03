package metaffi.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The objects of a class, or of an array type. */
final class InstanceType extends ObjectType {
  private static final ClassValue<InstanceType> KNOWN =
      new ClassValue<>() {
        @Override
        protected InstanceType computeValue(Class<?> type) {
          return new InstanceType(type);
        }
      };

  private final Class<?> type;

  private InstanceType(Class<?> type) {
    this.type = type;
  }

  static InstanceType of(Class<?> type) {
    return KNOWN.get(type);
  }

  @Override
  long plan(int kind, String name) {
    switch (kind) {
      case METHOD:
        return method(name);
      case GET:
        return getter(name);
      case SET:
        return setter(name);
      case OPERATION:
        return Operations.plan(type, name);
      default:
        return 0;
    }
  }

  /** The instance methods; if there are none, the static ones. */
  private long method(String name) {
    for (String each : spellings(name)) {
      Object[][] all = Members.methods(type, each);
      Object[][] own = withStatic(all, false);
      if (all.length > 0) {
        return planned(own.length > 0 ? own : all, Functions.METHOD);
      }
    }
    return 0;
  }

  private long getter(String name) {
    if (type.isArray()) {
      return name.equals("length") ? Operations.plan(type, name) : 0;
    }
    for (String each : spellings(name)) {
      Object[][] field = Members.fields(type, each);
      if (field.length > 0) {
        return planned(field, Functions.GET);
      }
      Object[][] property = property(each);
      if (property.length > 0) {
        return planned(property, Functions.METHOD);
      }
    }
    return 0;
  }

  /** The getter of a bean property, or the accessor of a record component. */
  private Object[][] property(String name) {
    String capital = capitalized(name);
    Object[][] getter = readers("get" + capital, Object.class);
    if (getter.length == 0) {
      getter = readers("is" + capital, boolean.class);
    }
    return getter.length == 0 && isComponent(name) ? readers(name, Object.class) : getter;
  }

  /** The methods of this name that take no arguments and return a result. */
  private Object[][] readers(String name, Class<?> result) {
    return Arrays.stream(withStatic(Members.methods(type, name), false))
        .filter(member -> isReader((Method) member[0], result))
        .toArray(Object[][]::new);
  }

  private static boolean isReader(Method method, Class<?> kind) {
    Class<?> result = method.getReturnType();
    boolean matches = kind == boolean.class ? isBoolean(result) : result != void.class;
    return matches && method.getParameterCount() == 0;
  }

  private static boolean isBoolean(Class<?> result) {
    return result == boolean.class || result == Boolean.class;
  }

  /** Whether it is a component of a record; JDK 11 has no class for records. */
  private boolean isComponent(String name) {
    Class<?> above = type.getSuperclass();
    if (above == null || !above.getName().equals("java.lang.Record")) {
      return false;
    }
    return Arrays.stream(type.getDeclaredFields())
        .anyMatch(field -> field.getName().equals(name) && !Modifier.isStatic(field.getModifiers()));
  }

  private long setter(String name) {
    for (String each : spellings(name)) {
      Object[][] setters =
          Arrays.stream(withStatic(Members.methods(type, "set" + capitalized(each)), false))
              .filter(member -> ((Method) member[0]).getParameterCount() == 1)
              .toArray(Object[][]::new);
      Object[][] field = Members.fields(type, each);
      if (field.length > 0 && !Members.isFinal(field[0])) {
        return planned(field, Functions.SET);
      }
      if (setters.length > 0) {
        return planned(setters, Functions.SET);
      }
    }
    return 0;
  }

  static long planned(Object[][] members, int sort) {
    return members.length == 0 ? 0 : Functions.planMembers(members, sort, Functions.ALWAYS);
  }

  static Object[][] withStatic(Object[][] members, boolean isStatic) {
    return Arrays.stream(members)
        .filter(member -> Members.isStatic(member) == isStatic)
        .toArray(Object[][]::new);
  }

  private static String capitalized(String name) {
    return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * The spellings to try for a name: as given, without the underscore that other languages append
   * to keywords, and in camel case.
   */
  static List<String> spellings(String name) {
    List<String> spellings = new ArrayList<>(List.of(name));
    String bare = name;
    if (name.length() > 1 && name.endsWith("_")) {
      bare = name.substring(0, name.length() - 1);
      spellings.add(bare);
    }
    if (bare.indexOf('_') > 0) {
      spellings.add(camel(bare));
    }
    return spellings;
  }

  private static String camel(String snake) {
    String[] words = snake.split("_+");
    StringBuilder camel = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      camel.append(capitalized(words[i]));
    }
    return camel.toString();
  }

  @Override
  String name() {
    return type.getName();
  }

  @Override
  String[] supertypes() {
    return Description.supertypes(type);
  }

  @Override
  String[] operations() {
    return Operations.names(type);
  }

  @Override
  String[] members() {
    Description description = new Description();
    description.addMethods(type);
    description.addFields(type);
    return description.rows();
  }
}
