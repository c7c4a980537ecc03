package metaffi.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Which methods are caller-sensitive, and which caller they see. */
public final class Callers {
  /** Present at run time in all JDKs since 9, but in a package that is not exported. */
  private static final String MARK = "jdk.internal.reflect.CallerSensitive";

  private Callers() {}

  /** Whether a method is a caller-sensitive one of the JDK that anyone may call. */
  static boolean isCallerSensitive(Executable member) {
    Class<?> owner = member.getDeclaringClass();
    if (!(member instanceof Method) || !isOfJdk(owner.getClassLoader())) {
      return false;
    }
    boolean isOpen =
        Modifier.isPublic(owner.getModifiers())
            && Modifier.isPublic(member.getModifiers())
            && owner.getModule().isExported(owner.getPackageName());
    return isOpen && isMarked(member);
  }

  private static boolean isMarked(Executable member) {
    for (Annotation each : member.getDeclaredAnnotations()) {
      if (each.annotationType().getName().equals(MARK)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfJdk(ClassLoader loader) {
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /**
   * Returns the class that calls caller-sensitive methods for a module.
   *
   * @param loader the module's loader; null for code outside of modules, which sees the module that
   *     this thread has entered
   * @return a {@link CallerFrame} of that loader
   */
  public static Class<?> frame(ClassLoader loader) {
    ClassLoader of = loader == null ? Thread.currentThread().getContextClassLoader() : loader;
    return of instanceof ModuleLoader ? ((ModuleLoader) of).callerFrame() : CallerFrame.class;
  }

  /**
   * Describes where a class comes from, for errors about two classes with the same name.
   *
   * @param type a class
   * @return for instance {@code module `a.jar`}
   */
  public static String origin(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader instanceof ModuleLoader) {
      return loader.toString();
    }
    if (isOfJdk(loader)) {
      return "the JDK";
    }
    return loader == ClassLoader.getSystemClassLoader()
        ? "the class path that Java was started with"
        : "the class loader " + loader;
  }
}
