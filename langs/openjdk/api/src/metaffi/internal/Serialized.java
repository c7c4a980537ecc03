package metaffi.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.Arrays;

/** Serializes objects to bytes, for hosts that send them to another process. */
public final class Serialized {
  private Serialized() {}

  /**
   * Serializes an object with all that it refers to.
   *
   * @param module the module that will deserialize it
   * @param value a {@code java.io.Serializable} object
   * @return its bytes, for {@link #read}
   * @throws InvalidClassException if the module lacks one of its classes
   * @throws IOException if something that it refers to is not serializable
   */
  public static byte[] write(Namespace module, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new Output(module.loader(), bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  /**
   * Deserializes an object.
   *
   * @param module the module that has its classes
   * @param bytes the result of {@link #write}
   * @return the object
   * @throws IOException if the bytes are from another version of its class
   * @throws ClassNotFoundException if the module lacks a class
   */
  public static Object read(Namespace module, byte[] bytes)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new Input(module.loader(), new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  /** Checks that a module has all classes. */
  private static final class Output extends ObjectOutputStream {
    private final ClassLoader loader;

    Output(ClassLoader loader, OutputStream bytes) throws IOException {
      super(bytes);
      this.loader = loader;
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
      Class<?> element = type;
      while (element.isArray()) {
        element = element.getComponentType();
      }
      if (!element.isPrimitive() && !isFound(element)) {
        throw new InvalidClassException(element.getName(), "not a class of " + loader);
      }
    }

    private boolean isFound(Class<?> type) {
      try {
        return Class.forName(type.getName(), false, loader) == type;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
      throw new NotSerializableException("a proxy of " + Arrays.toString(type.getInterfaces()));
    }
  }

  /**
   * Finds classes in a module; the superclass would use the caller's loader, which has none of
   * them.
   */
  private static final class Input extends ObjectInputStream {
    private final ClassLoader loader;

    Input(ClassLoader loader, InputStream bytes) throws IOException {
      super(bytes);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described); // int.class and the like
      }
    }
  }
}
