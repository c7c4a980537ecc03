package metaffi.stubs;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import metaffi.MetaFFIException;

/** The stub classes of a module, found by what the guest calls them, each when it is first needed. */
final class StubClasses {
  private final StubModule module;
  private final Map<String, Maker<?>> byId = new ConcurrentHashMap<>();
  private final Map<String, Maker<?>> byName = new ConcurrentHashMap<>();
  private final Map<String, Optional<Maker<?>>> exceptions = new ConcurrentHashMap<>();

  StubClasses(StubModule module) {
    this.module = module;
  }

  /** What makes a stub's object of a guest's object: of its class, or of the nearest one above. */
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

  /** A class may be known by the module that it is used from, and lie in another one. */
  private List<String> namedAs(String id) {
    return module.stubsNamed(id.substring(id.lastIndexOf('.') + 1));
  }

  /** An object of a class that has no stub. */
  private static final class Anonymous extends GuestObject {
    Anonymous(StubModule module, Object target) {
      super(module, target);
    }
  }

  /** What makes exceptions of the class of an error; null when it has no stub that is one. */
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
      throw new MetaFFIException("the stubs lack their class " + name + ": write them again");
    }
  }

  /** The guest's name of a stub class; null when it is none. */
  String idOf(Class<?> type) {
    try {
      return (String) type.getField("METAFFI_ID").get(null);
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return null;
    }
  }

  /** What makes objects of a stub class, of an interface those of the class within it. */
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
      throw new MetaFFIException(type.getName() + " is no class of stubs");
    }
  }

  private static Object make(Constructor<?> constructor, StubModule module, Object target) {
    try {
      return constructor.newInstance(module, target);
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new MetaFFIException(constructor.getDeclaringClass().getName() + " makes no objects: " + e);
    }
  }
}
