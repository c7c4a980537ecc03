import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** Lists what the first jar offers as the JVM itself sees it, by reflection. */
class Listing {
    private static final Map<Class<?>, String> PLAIN =
            Map.of(
                    boolean.class, "bool",
                    byte.class, "int8",
                    short.class, "int16",
                    int.class, "int32",
                    long.class, "int64",
                    float.class, "float32",
                    double.class, "float64",
                    char.class, "char16",
                    String.class, "string8",
                    Object.class, "any");

    public static void main(String[] args) throws Exception {
        File file = new File(args[0]);
        URL[] path = new URL[args.length];
        for (int i = 0; i < args.length; i++) {
            path[i] = new File(args[i]).toURI().toURL();
        }
        URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        Set<String> lines = new TreeSet<>();
        try (JarFile jar = new JarFile(file)) {
            for (String name : jar.stream().map(e -> e.getName()).collect(Collectors.toList())) {
                if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                    list(loader, name.substring(0, name.length() - 6).replace('/', '.'), lines);
                }
            }
        }
        lines.forEach(System.out::println);
    }

    private static void list(ClassLoader loader, String name, Set<String> lines) {
        try {
            Class<?> type = loader.loadClass(name);
            Set<String> own = new TreeSet<>();
            if (isShown(type)) {
                members(type, own);
            }
            lines.addAll(own);
        } catch (ClassNotFoundException | LinkageError e) {
            // It needs a class of another jar, or is broken: the JVM cannot tell.
            lines.add("unknown " + name);
        }
    }

    private static boolean isShown(Class<?> type) {
        boolean named = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
        Class<?> outer = type.getDeclaringClass();
        return named
                && Modifier.isPublic(type.getModifiers())
                && (outer == null || isShown(outer));
    }

    private static void members(Class<?> type, Set<String> lines) {
        String at = type.getName() + " ";
        for (Constructor<?> made : type.getDeclaredConstructors()) {
            if (isOffered(made) && !Modifier.isAbstract(type.getModifiers())) {
                lines.add(at + "<init>" + parameters(made) + " -> " + text(type));
            }
        }
        for (Method method : type.getMethods()) {
            if (isWritten(method) && isSeenFirstIn(type, method)) {
                String result = method.getReturnType() == void.class ? "" : " -> ";
                lines.add(
                        at
                                + kind(method.getModifiers())
                                + method.getName()
                                + parameters(method)
                                + (result.isEmpty() ? "" : result + text(method.getReturnType())));
            }
        }
        for (Field field : type.getFields()) {
            boolean here = field.getDeclaringClass() == type || !isShown(field.getDeclaringClass());
            if (!field.isSynthetic() && here && !inAncestor(type, field)) {
                boolean isFinal = Modifier.isFinal(field.getModifiers());
                lines.add(
                        at
                                + kind(field.getModifiers())
                                + (isFinal ? "final " : "")
                                + field.getName()
                                + ": "
                                + text(field.getType()));
            }
        }
    }

    private static boolean isOffered(Executable member) {
        return Modifier.isPublic(member.getModifiers()) && !member.isSynthetic();
    }

    /** Not by the compiler, except to let callers reach a method of a hidden superclass. */
    private static boolean isWritten(Method method) {
        if (!method.isBridge()) {
            return isOffered(method);
        }
        Class<?> type = method.getDeclaringClass();
        boolean isOverride = Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> overrides(m, method));
        return !isOverride
                && ancestors(type)
                        .filter(above -> !isShown(above))
                        .flatMap(above -> Arrays.stream(above.getDeclaredMethods()))
                        .anyMatch(m -> overrides(m, method) && m.getReturnType() == method.getReturnType());
    }

    private static boolean overrides(Method written, Method bridge) {
        return isOffered(written)
                && !written.isBridge()
                && written.getName().equals(bridge.getName())
                && Arrays.equals(written.getParameterTypes(), bridge.getParameterTypes());
    }

    /** Declared in the class, or in a class that nobody sees and no visible ancestor offers it. */
    private static boolean isSeenFirstIn(Class<?> type, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        if (declaring == type) {
            return true;
        }
        if (isShown(declaring)) {
            return false;
        }
        return ancestors(type)
                .noneMatch(
                        above ->
                                isShown(above)
                                        && Arrays.asList(above.getMethods()).contains(method));
    }

    private static boolean inAncestor(Class<?> type, Field field) {
        return ancestors(type)
                .anyMatch(above -> isShown(above) && Arrays.asList(above.getFields()).contains(field));
    }

    private static java.util.stream.Stream<Class<?>> ancestors(Class<?> type) {
        Set<Class<?>> found = new java.util.LinkedHashSet<>();
        collect(type, found);
        return found.stream();
    }

    private static void collect(Class<?> type, Set<Class<?>> found) {
        Set<Class<?>> parents = new java.util.LinkedHashSet<>(Arrays.asList(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            parents.add(type.getSuperclass());
        }
        for (Class<?> parent : parents) {
            found.add(parent);
            collect(parent, found);
        }
    }

    private static String kind(int modifiers) {
        return Modifier.isStatic(modifiers) ? "static " : "";
    }

    private static String parameters(Executable member) {
        return Arrays.stream(member.getParameterTypes())
                .map(Listing::text)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** A type as the IDL should say it. */
    private static String text(Class<?> type) {
        int dimensions = 0;
        while (type.isArray()) {
            type = type.getComponentType();
            dimensions++;
        }
        String alias = "";
        String base = PLAIN.get(type);
        if (base == null) {
            base = takesPlainValues(type) ? "any" : "handle";
            alias = "<" + type.getName() + ">";
        }
        if (dimensions > 0 && type == byte.class) {
            base = "uint8";
        }
        return base
                + (dimensions > 0 ? "_array" : "")
                + alias
                + (dimensions > 1 ? "[" + dimensions + "]" : "");
    }

    private static boolean takesPlainValues(Class<?> type) {
        return Arrays.<Class<?>>asList(
                        Integer.class, Long.class, Short.class, Byte.class, Character.class,
                        Boolean.class, Float.class, Double.class, Number.class)
                .contains(type)
                || (type.isInterface() && type.isAssignableFrom(String.class));
    }
}
