package metaffi.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** A member as a method handle with the types that stub code uses. */
final class UpcallTarget {
  private static final int METHOD = 0;
  private static final int CONSTRUCTOR = 1;
  private static final int GET = 2;

  private UpcallTarget() {}

  /** The handle of a member; null if only JNI can access it. */
  static MethodHandle of(Object member, int access, byte[] params, int result) {
    try {
      MethodHandle handle = find(member, access).asFixedArity();
      return handle.asType(type(handle.type(), params, result));
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  private static MethodHandle find(Object member, int access) throws IllegalAccessException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    switch (access) {
      case METHOD:
        return lookup.unreflect((Method) member);
      case CONSTRUCTOR:
        return lookup.unreflectConstructor((Constructor<?>) member);
      case GET:
        return lookup.unreflectGetter((Field) member);
      default:
        return lookup.unreflectSetter((Field) member);
    }
  }

  /** References are erased, so that the code need not resolve their classes. */
  private static MethodType type(MethodType type, byte[] params, int result) {
    MethodType erased = type.erase()
            .changeReturnType(UpcallCode.resultType(type.returnType(), result));
    for (int i = 0; i < params.length; i++) {
      if (params[i] == UpcallCode.FLOAT) {
        erased = erased.changeParameterType(i, float.class);
      }
    }
    return erased;
  }
}
