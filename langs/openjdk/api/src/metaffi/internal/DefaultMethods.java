package metaffi.internal;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Calls the default methods of proxies. */
public final class DefaultMethods {
  private static final ClassValue<Map<Method, Long>> PLANS =
      new ClassValue<>() {
        @Override
        protected Map<Method, Long> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private DefaultMethods() {}

  /**
   * Calls a default method.
   *
   * @param method the method of an interface
   * @param proxy an object that has it
   * @param arguments the arguments; null for none
   * @return its result
   */
  public static Object call(Method method, Object proxy, Object[] arguments) {
    long plan =
        PLANS
            .get(method.getDeclaringClass())
            .computeIfAbsent(method, each -> Functions.planDefault(Members.describe(each)));
    return Functions.callDefault(plan, proxy, arguments);
  }
}
