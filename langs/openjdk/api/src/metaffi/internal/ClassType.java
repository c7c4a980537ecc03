package metaffi.internal;

import java.util.Arrays;

/** A class as an object: its static members, constructors and nested classes. */
final class ClassType extends ObjectType {
  private static final ClassValue<ClassType> KNOWN =
      new ClassValue<>() {
        @Override
        protected ClassType computeValue(Class<?> type) {
          return new ClassType(type);
        }
      };

  private final Class<?> type;

  private ClassType(Class<?> type) {
    this.type = type;
  }

  static ClassType of(Class<?> type) {
    return KNOWN.get(type);
  }

  @Override
  long member(int kind, String name) throws ClassNotFoundException {
    Class<?> inner = kind == GET ? inner(name) : null;
    return inner == null ? super.member(kind, name) : Constant.newReference(inner);
  }

  private Class<?> inner(String name) {
    return Arrays.stream(type.getClasses())
        .filter(each -> each.getSimpleName().equals(name))
        .findFirst()
        .orElse(null);
  }

  @Override
  long plan(int kind, String name) {
    switch (kind) {
      case METHOD:
        return method(name);
      case GET:
        return field(name, Functions.GET);
      case SET:
        return field(name, Functions.SET);
      case OPERATION:
        return operation(name);
      default:
        return 0;
    }
  }

  /** The static methods; if there are none, the methods of every {@code Class} object. */
  private long method(String name) {
    for (String each : InstanceType.spellings(name)) {
      Object[][] found = InstanceType.withStatic(Members.methods(type, each), true);
      if (found.length > 0) {
        return InstanceType.planned(found, Functions.METHOD);
      }
    }
    return InstanceType.of(Class.class).plan(METHOD, name);
  }

  private long field(String name, int sort) {
    for (String each : InstanceType.spellings(name)) {
      Object[][] found = InstanceType.withStatic(Members.fields(type, each), true);
      if (found.length > 0) {
        boolean isRefused = sort == Functions.SET && Members.isFinal(found[0]);
        return isRefused ? 0 : InstanceType.planned(found, sort);
      }
    }
    return 0;
  }

  private long operation(String name) {
    if (name.equals("call")) {
      return InstanceType.planned(Members.constructors(type), Functions.CONSTRUCTOR);
    }
    boolean isOfEnum = name.equals("iterate") || name.equals("length");
    return isOfEnum && !type.isEnum() ? 0 : Operations.plan(Class.class, name);
  }

  /** A member as an entity; {@code onInstance} if it takes its object as the first argument. */
  long entity(String name, int sort, boolean onInstance) {
    Object[][] found = found(name, sort);
    Object[][] matching = InstanceType.withStatic(found, !onInstance);
    boolean isImplied = matching.length == 0 && !onInstance && sort == Functions.METHOD;
    Object[][] members = sort == Functions.CONSTRUCTOR || isImplied ? found : matching;
    boolean isFinal = sort == Functions.SET && members.length > 0 && Members.isFinal(members[0]);
    if (members.length == 0 || isFinal) {
      return 0;
    }
    int object = onInstance || isImplied ? Functions.OF_INSTANCES : Functions.BOUND;
    try {
      String key = "entity " + sort + object + name;
      return newReference(key, () -> Functions.planMembers(members, sort, object));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // planning does not look up classes by name
    }
  }

  private Object[][] found(String name, int sort) {
    switch (sort) {
      case Functions.METHOD:
        return Members.methods(type, name);
      case Functions.CONSTRUCTOR:
        return Members.constructors(type);
      default:
        return Members.fields(type, name);
    }
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
    description.addConstructors(type);
    description.addMethods(type);
    description.addFields(type);
    for (Class<?> each : type.getClasses()) {
      description.add(each.getSimpleName(), Description.CLASS, each.getName());
    }
    return description.rows();
  }
}
