package metaffi.stubs;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import metaffi.MetaFFIException;

/**
 * The stub classes of a module, looked up by their guest names when first needed.
 */
final class StubClasses {
  private final StubModule module;
  private final Map<String, Maker<?>> byId = new ConcurrentHashMap<>();
  private final Map<String, Maker<?>> byName = new ConcurrentHashMap<>();
  private final Map<String, Optional<Maker<?>>> exceptions = new ConcurrentHashMap<>();

  StubClasses(StubModule module) {
    this.module = module;
  }

  /**
   * The maker of stub objects for a guest object: of its class, or of its nearest supertype with a
   * stub.
   */
  Maker<?> maker(Object target) {
    String id = module.className(target);
    Maker<?> known = byId.get(id);
    if (known == null) {
      known = nearest(id, target);
      byId.put(id, known);
    }
    return known;
  }

  private Maker<?> nearest(String id, Object target) {
    String name = module.stubOf(id);
    if (name != null) {
      return makerFor(name);
    }
    for (String above : module.supertypes(target)) {
      String stub = module.stubOf(above);
      if (stub != null) {
        return makerFor(stub);
      }
    }
    List<String> alike = namedAs(id);
    return alike.size() == 1 ? makerFor(alike.get(0)) : Anonymous::new;
  }

  /** A class may be known by the name of the module that uses it, and be defined in another one. */
  private List<String> namedAs(String id) {
    return module.stubsNamed(id.substring(id.lastIndexOf('.') + 1));
  }

  /** A guest object whose class has no stub. */
  private static final class Anonymous extends GuestObject {
    Anonymous(StubModule module, Object target) {
      super(module, target);
    }
  }

  /** The maker of exceptions for the class of an error; null if it has no exception stub. */
  Maker<?> exception(Throwable error) {
    boolean isOfGuest = error instanceof MetaFFIException;
    String id = isOfGuest ? ((MetaFFIException) error).typeName() : error.getClass().getName();
    Optional<Maker<?>> known = exceptions.get(id);
    if (known == null) {
      known = Optional.ofNullable(found(id, error));
      exceptions.put(id, known);
    }
    return known.orElse(null);
  }

  private Maker<?> found(String id, Throwable error) {
    boolean isOfGuest = error instanceof MetaFFIException;
    Object target = isOfGuest ? ((MetaFFIException) error).original() : error;
    List<String> ids = new ArrayList<>(List.of(id));
    if (target != null) {
      ids.addAll(List.of(module.supertypes(target)));
    }
    for (String each : ids) {
      String stub = module.stubOf(each);
      if (stub != null && isException(stub)) {
        return makerFor(stub);
      }
    }
    List<String> alike = namedAs(id);
    return alike.size() == 1 && isException(alike.get(0)) ? makerFor(alike.get(0)) : null;
  }

  private boolean isException(String name) {
    return GuestException.class.isAssignableFrom(load(name));
  }

  private Class<?> load(String name) {
    try {
      return Class.forName(name, true, module.loader());
    } catch (ClassNotFoundException e) {
      throw new MetaFFIException(
          "the stub class " + name + " is missing: generate the stubs again");
    }
  }

  /** The guest's name of a stub class; null if it is not a stub class. */
  String idOf(Class<?> type) {
    try {
      return (String) type.getField("METAFFI_ID").get(null);
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return null;
    }
  }

  /** The maker of objects of a stub class; for an interface, of the class nested in it. */
  Maker<?> makerFor(String name) {
    return byName.computeIfAbsent(name, each -> reflected(made(load(each))));
  }

  private static Class<?> made(Class<?> type) {
    if (type.isInterface()) {
      for (Class<?> inner : type.getDeclaredClasses()) {
        if (GuestObject.class.isAssignableFrom(inner)) {
          return inner;
        }
      }
    }
    return type;
  }

  private static Maker<?> reflected(Class<?> type) {
    try {
      Constructor<?> constructor = type.getConstructor(StubModule.class, Object.class);
      return (module, target) -> make(constructor, module, target);
    } catch (NoSuchMethodException e) {
      throw new MetaFFIException(type.getName() + " is not a stub class");
    }
  }

  private static Object make(Constructor<?> constructor, StubModule module, Object target) {
    try {
      return constructor.newInstance(module, target);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new MetaFFIException(
          constructor.getDeclaringClass().getName() + " cannot be instantiated: " + e);
    }
  }
}
