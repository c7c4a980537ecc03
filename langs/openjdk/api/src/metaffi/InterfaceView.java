package metaffi;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import metaffi.internal.DefaultMethods;
import metaffi.internal.Names;
import metaffi.internal.TypedClass;
import metaffi.internal.TypedView;

/** Implements an interface of the program by a guest's object. */
final class InterfaceView implements InvocationHandler {
  private final MetaFFIObject object;
  private final Plan plan;

  private InterfaceView(MetaFFIObject object, Plan plan) {
    this.object = object;
    this.plan = plan;
  }

  /** The object as the interface; the error names the methods that it lacks. */
  static Object of(Class<?> type, MetaFFIObject object) {
    if (object.value() instanceof Caller && Plan.single(type) != null) {
      return ((Caller) object.value()).as(type);
    }
    Map<Class<?>, Plan> known = object.type().views;
    Plan plan = known.get(type);
    if (plan == null) {
      plan = new Plan(type, object);
      known.put(type, plan);
    }
    InterfaceView handler = new InterfaceView(object, plan);
    Object view = plan.view(handler);
    return view == null
        ? Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler)
        : view;
  }

  /** The object behind such a view; null for anything else. */
  static MetaFFIObject behind(Object view) {
    InvocationHandler handler = TypedView.handlerOf(view);
    return handler instanceof InterfaceView ? ((InterfaceView) handler).object : null;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    Binding binding = plan.bindings.get(method);
    if (binding != null) {
      return binding.call(object, arguments == null ? new Object[0] : arguments);
    }
    if (method.getDeclaringClass() != Object.class) {
      return DefaultMethods.call(method, proxy, arguments);
    }
    switch (method.getName()) {
      case "equals":
        return object.equals(behind(arguments[0]));
      case "hashCode":
        return object.hashCode();
      default:
        return object.toString();
    }
  }

  /** What a method calls on the object. */
  private interface Binding {
    Object call(MetaFFIObject object, Object[] arguments);
  }

  /** What each method of an interface calls on objects of a type. */
  static final class Plan {
    private final Class<?> type;
    private final Map<Method, Binding> bindings = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();

    /** The methods with a binding, and a typed caller for each that can have one. */
    private final List<Method> methods = new ArrayList<>();

    private final List<TypedCaller> callers = new ArrayList<>();

    Plan(Class<?> type, MetaFFIObject object) {
      this.type = type;
      List<MetaFFIMember> members = object.members();
      members.forEach(member -> kinds.put(member.name(), member.kind()));
      TreeSet<String> missing = new TreeSet<>();
      for (Method method : type.getMethods()) {
        if (Modifier.isStatic(method.getModifiers()) || isOfObject(method)) {
          continue;
        }
        Binding binding = bind(method, object);
        if (binding != null) {
          bindings.put(method, binding);
          methods.add(method);
          callers.add(typed(method, object));
        } else if (!method.isDefault()) {
          missing.add(missing(method));
        }
      }
      if (!missing.isEmpty()) {
        throw MetaFFIException.notFound(
            object.typeName() + " lacks methods of " + type.getTypeName() + ": "
                + String.join(", ", missing));
      }
    }

    /** An object whose methods make typed calls where possible; null if none can. */
    Object view(InterfaceView handler) {
      boolean isTyped = callers.stream().anyMatch(Objects::nonNull);
      return isTyped
          ? TypedClass.view(
              type, methods, callers.toArray(new TypedCaller[0]), handler.object.handle(), handler)
          : null;
    }

    /** A caller with the types of the interface's method; null if the types do not allow it. */
    private TypedCaller typed(Method method, MetaFFIObject object) {
      for (String name : names(method)) {
        if (byName(method, name, object) != null) {
          Caller function = function(method, name, object);
          return function == null ? null : function.nativeCallee().typed(method);
        }
      }
      return null;
    }

    private static boolean isOfObject(Method method) {
      try {
        return Object.class.getMethod(method.getName(), method.getParameterTypes()) != null;
      } catch (NoSuchMethodException e) {
        return false;
      }
    }

    private String missing(Method method) {
      String name = names(method).get(0);
      return "`" + name + "`" + Names.suggestion(name, kinds.keySet().toArray(new String[0]));
    }

    /** The one abstract method of a functional interface; null if there is none or several. */
    static Method single(Class<?> type) {
      Method[] all =
          Arrays.stream(type.getMethods())
              .filter(method -> Modifier.isAbstract(method.getModifiers()) && !isOfObject(method))
              .toArray(Method[]::new);
      return all.length == 1 ? all[0] : null;
    }

    private Binding bind(Method method, MetaFFIObject object) {
      for (String name : names(method)) {
        Binding binding = byName(method, name, object);
        if (binding != null) {
          return binding;
        }
      }
      Binding property = property(method, object);
      if (property != null) {
        return property;
      }
      String operation = operation(method);
      if (operation != null && object.can(operation)) {
        return converting(method, (of, arguments) -> of.operate(operation));
      }
      boolean callsObject = method.equals(single(type)) && object.can("call");
      return callsObject ? converting(method, MetaFFIObject::invoke) : null;
    }

    /** The names that the guest may have for a method. */
    private static List<String> names(Method method) {
      MetaFFIName given = method.getAnnotation(MetaFFIName.class);
      if (given != null) {
        return List.of(given.value());
      }
      String name = method.getName();
      List<String> names = new ArrayList<>(List.of(name));
      names.add(name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT));
      names.add(capitalized(name));
      return names;
    }

    private static String capitalized(String name) {
      return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private Binding byName(Method method, String name, MetaFFIObject object) {
      Caller getter = object.find(ForeignType.GET, name);
      if (function(method, name, object) != null) {
        return converting(method, (of, arguments) -> of.call(name, arguments));
      }
      if (getter == null) {
        return null;
      }
      boolean isCalled = !isRead(method) || "class".equals(kinds.get(name));
      return isCalled
          ? converting(method, (of, arguments) -> of.get(name).invoke(arguments))
          : converting(method, (of, arguments) -> of.get(name));
    }

    /** The function that a method calls; null if it reads a value, or there is no function. */
    private Caller function(Method method, String name, MetaFFIObject object) {
      boolean isValue = kinds.getOrDefault(name, "").endsWith("value");
      return isValue && isRead(method) ? null : object.find(ForeignType.METHOD, name);
    }

    private static boolean isRead(Method method) {
      return method.getParameterCount() == 0 && method.getReturnType() != void.class;
    }

    /** The binding of a getter or setter. */
    private static Binding property(Method method, MetaFFIObject object) {
      String name = method.getName();
      int prefix = name.startsWith("is") ? 2 : 3;
      boolean isAccess = name.startsWith("get") || name.startsWith("set") || prefix == 2;
      if (!isAccess || name.length() <= prefix) {
        return null;
      }
      String bare = name.substring(prefix, prefix + 1).toLowerCase(Locale.ROOT)
          + name.substring(prefix + 1);
      boolean isSetter = name.startsWith("set");
      if (method.getParameterCount() != (isSetter ? 1 : 0)) {
        return null;
      }
      if (!isSetter && object.find(ForeignType.GET, bare) != null) {
        return converting(method, (of, arguments) -> of.get(bare));
      }
      boolean isWritten = isSetter && object.find(ForeignType.SET, bare) != null;
      return isWritten
          ? (of, arguments) -> {
            of.set(bare, arguments[0]);
            return null;
          }
          : null;
    }

    /** The operations behind methods of Java's own interfaces. */
    private static String operation(Method method) {
      if (method.getParameterCount() > 0) {
        return null;
      }
      switch (method.getName()) {
        case "size":
          return "length";
        case "iterator":
          return "iterate";
        case "close":
          return "close";
        default:
          return null;
      }
    }

    private interface Raw {
      MetaFFIObject call(MetaFFIObject object, Object[] arguments);
    }

    /** Spreads variable arguments, and converts the result. */
    private static Binding converting(Method method, Raw raw) {
      Conversion<?> result = Conversion.to(method.getGenericReturnType());
      return (object, arguments) ->
          converted(method, result, raw.call(object, spread(method, arguments)));
    }

    private static Object converted(Method method, Conversion<?> conversion, MetaFFIObject result) {
      try {
        return conversion.of(result);
      } catch (MetaFFIException e) {
        throw Conversion.ofResult(method, e);
      }
    }

    private static Object[] spread(Method method, Object[] arguments) {
      int last = arguments.length - 1;
      if (!method.isVarArgs() || arguments[last] == null) {
        return arguments;
      }
      int more = Array.getLength(arguments[last]);
      Object[] all = Arrays.copyOf(arguments, last + more);
      for (int i = 0; i < more; i++) {
        all[last + i] = Array.get(arguments[last], i);
      }
      return all;
    }
  }
}
