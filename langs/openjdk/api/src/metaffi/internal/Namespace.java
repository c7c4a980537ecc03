package metaffi.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A module, or a package in it, as an object that contains packages and classes by name. */
public final class Namespace {
  private final ModuleLoader loader;

  /** The package, with a trailing dot; empty for the module. */
  private final String prefix;

  private final Map<String, Namespace> packages;
  private final Type type = new Type();

  Namespace(ModuleLoader loader) {
    this(loader, "", new ConcurrentHashMap<>());
  }

  private Namespace(ModuleLoader loader, String prefix, Map<String, Namespace> packages) {
    this.loader = loader;
    this.prefix = prefix;
    this.packages = packages;
  }

  ObjectType type() {
    return type;
  }

  ClassLoader loader() {
    return loader;
  }

  /** The class or package of a name, which may contain dots; null if there is none. */
  private Object find(String name) {
    try {
      return Classes.find(prefix + name, loader);
    } catch (ClassNotFoundException e) {
      String full = prefix + name + ".";
      return hasAny(full)
          ? packages.computeIfAbsent(full, key -> new Namespace(loader, key, packages))
          : null;
    }
  }

  private boolean hasAny(String packagePrefix) {
    String next = loader.classes().ceiling(packagePrefix);
    return next != null && next.startsWith(packagePrefix);
  }

  @Override
  public String toString() {
    return prefix.isEmpty()
        ? loader.toString()
        : "package " + prefix.substring(0, prefix.length() - 1) + " of " + loader;
  }

  private final class Type extends ObjectType {
    @Override
    long member(int kind, String name) throws ClassNotFoundException {
      if (kind != GET || name.isEmpty()) {
        return super.member(kind, name);
      }
      Object found = find(name);
      if (found == null && name.indexOf('.') >= 0) {
        throw new ClassNotFoundException(
            "no class `" + prefix + name + "` in " + loader + suggestion(prefix + name));
      }
      return found == null ? 0 : Constant.newReference(found);
    }

    private String suggestion(String wanted) {
      Set<String> known = loader.classes();
      String simple = "." + wanted.substring(wanted.lastIndexOf('.') + 1);
      for (String each : known) {
        if (each.endsWith(simple)) {
          return "; did you mean `" + each + "`?";
        }
      }
      return Functions.suggest(wanted, known.toArray(new String[0]));
    }

    @Override
    long plan(int kind, String name) {
      return kind == OPERATION ? Operations.plan(Namespace.class, name) : 0;
    }

    @Override
    String name() {
      return prefix.isEmpty() ? "module" : "package";
    }

    @Override
    String[] supertypes() {
      return new String[] {name()};
    }

    @Override
    String[] operations() {
      return Operations.names(Namespace.class);
    }

    @Override
    String[] members() {
      Map<String, String> kinds = new TreeMap<>();
      for (String each : loader.classes().tailSet(prefix)) {
        if (!each.startsWith(prefix)) {
          break;
        }
        String rest = each.substring(prefix.length());
        int dot = rest.indexOf('.');
        if (dot >= 0) {
          kinds.put(rest.substring(0, dot), Description.MODULE);
        } else if (rest.indexOf('$') < 0) {
          kinds.put(rest, Description.CLASS);
        }
      }
      Description description = new Description();
      kinds.forEach((name, kind) -> description.add(name, kind, prefix + name));
      return description.rows();
    }
  }
}
