package metaffi.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members of a type as rows, in the format of {@code describe} in {@code metaffi.h}. */
final class Description {
  static final String CLASS = "class";
  static final String MODULE = "module";

  /** Keyed by name, kind and signature. */
  private final Map<List<String>, List<String>> rows = new LinkedHashMap<>();

  void add(String name, String kind, String signature) {
    rows.put(List.of(name, kind, signature), List.of(name, kind, signature, ""));
  }

  void addMethods(Class<?> type) {
    for (Method method : Members.allMethods(type)) {
      String signature = Members.signature(method, method.getReturnType(), true);
      boolean isAbstract =
          type.isInterface()
              && Modifier.isAbstract(method.getModifiers())
              && !Interface.isOfObject(method);
      add(method.getName(), isAbstract ? "abstract method" : kind(method, "method"), signature);
    }
  }

  void addFields(Class<?> type) {
    for (Field field : Members.allFields(type)) {
      String signature = field.getType().getTypeName() + " " + field.getName();
      add(field.getName(), kind(field, "value"), signature);
    }
  }

  void addConstructors(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return;
    }
    for (Constructor<?> constructor : Members.publicConstructors(type)) {
      add(type.getSimpleName(), "constructor", Members.signature(constructor, type, true));
    }
  }

  private static String kind(Member member, String kind) {
    return Modifier.isStatic(member.getModifiers()) ? "static " + kind : kind;
  }

  String[] rows() {
    return rows.values().stream().flatMap(Collection::stream).toArray(String[]::new);
  }

  /** A class, its superclasses and all interfaces, nearest first. */
  static String[] supertypes(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>(List.of(type));
    List<Class<?>> next = new ArrayList<>(found);
    for (int at = 0; at < next.size(); at++) {
      Class<?> each = next.get(at);
      List<Class<?>> above = new ArrayList<>(Arrays.asList(each.getInterfaces()));
      if (each.getSuperclass() != null) {
        above.add(0, each.getSuperclass());
      }
      above.stream().filter(found::add).forEach(next::add);
    }
    found.remove(Object.class);
    found.add(Object.class);
    return found.stream().map(Class::getName).toArray(String[]::new);
  }
}
