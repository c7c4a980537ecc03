package metaffi;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An error of MetaFFI, or of a guest in another language.
 *
 * <p>It can be serialized; {@link #original} belongs to its process, and stays behind.
 */
public class MetaFFIException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int ARGUMENT = 1;
  private static final int NOT_FOUND = 2;
  private static final int GUEST = 5;
  private static final int PANIC = 6;
  private static final int RELEASED = 7;

  /** By their number in {@code metaffi.h}. */
  private static final String[] KINDS = {
    "", "argument", "not_found", "load", "signature", "guest", "panic", "released", "abi",
    "unsupported", "internal"
  };

  private final String language;
  private final String typeName;

  /** Null until somebody looks, where {@link #error} tells it. */
  private String guestStackTrace;

  /** The kind as in {@code metaffi.h}. */
  private final int kind;

  private final transient MetaFFIHandle original;

  /** What it was made of, if there is more to be read of it; else null. */
  private final transient NativeError error;

  /**
   * An error of MetaFFI's own.
   *
   * @param message what happened, and what to do
   */
  public MetaFFIException(String message) {
    this(ARGUMENT, message, "metaffi", "", "", null, null, null);
  }

  /**
   * An error of a guest.
   *
   * @param message what the guest said
   * @param language the runtime that it came from
   * @param typeName the guest's own name of the error's type, or empty
   * @param guestStackTrace the guest's own text, or empty
   * @param cause what caused it, or null
   */
  public MetaFFIException(
      String message,
      String language,
      String typeName,
      String guestStackTrace,
      Throwable cause) {
    this(
        GUEST,
        message,
        language,
        typeName,
        Objects.requireNonNull(guestStackTrace, "guestStackTrace"),
        null,
        null,
        cause);
  }

  private MetaFFIException(
      int kind,
      String message,
      String language,
      String typeName,
      String guestStackTrace,
      MetaFFIHandle original,
      NativeError error,
      Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.original = original;
    this.error = error;
    this.language = Objects.requireNonNull(language, "language");
    this.typeName = Objects.requireNonNull(typeName, "typeName");
    this.guestStackTrace = guestStackTrace;
  }

  /**
   * The same error as an exception of a class of its own, which stubs have for each of the guest's.
   *
   * @param error the error; its trace becomes that of this exception
   */
  @SuppressWarnings("this-escape") // javac from 21 on: a class of stubs overrides nothing
  protected MetaFFIException(MetaFFIException error) {
    this(
        error.kind,
        error.getMessage(),
        error.language,
        error.typeName,
        error.guestStackTrace,
        error.original,
        error.error,
        error.getCause());
    setStackTrace(error.getStackTrace());
  }

  /**
   * An exception of a guest that this program made, to be thrown to it.
   *
   * @param message what the guest says
   * @param typeName the guest's own name of its type
   * @param original the guest's object; null when there is none
   */
  protected MetaFFIException(String message, String typeName, MetaFFIHandle original) {
    this(GUEST, message, "", typeName, "", original, null, null);
  }

  /** What using something after its release fails with. */
  static MetaFFIException released(String message) {
    return new MetaFFIException(RELEASED, message, "metaffi", "", "", null, null, null);
  }

  /** What a name that is not there fails with. */
  static MetaFFIException notFound(String message) {
    return new MetaFFIException(NOT_FOUND, message, "metaffi", "", "", null, null, null);
  }

  /**
   * Called by the plugin: what a call or a load failed with. Takes over the native error, if it is
   * not 0; then the stack trace may be null, and is read of it when somebody looks.
   */
  private static MetaFFIException of(
      int kind,
      String message,
      String language,
      String typeName,
      String guestStackTrace,
      long error,
      Throwable cause) {
    NativeError made = error == 0 ? null : new NativeError(error);
    return new MetaFFIException(
        kind, message, language, typeName, guestStackTrace, null, made, cause);
  }

  /** Called by the plugin: the native error, which lives as long as this object; 0 for none. */
  private static long nativeError(MetaFFIException of) {
    return of.error == null ? 0 : of.error.address();
  }

  /**
   * What sort of error it is.
   *
   * @return {@code argument} (wrong count, type or range), {@code not_found}, {@code load}, {@code
   *     signature}, {@code guest} (the guest's own exception), {@code panic}, {@code released}, {@code
   *     abi}, {@code unsupported}, {@code internal} (a fault of MetaFFI itself)
   */
  public String kind() {
    return KINDS[kind < KINDS.length ? kind : KINDS.length - 1];
  }

  /**
   * The runtime that the error came from.
   *
   * @return {@code go}, {@code python3}, {@code openjdk}, or {@code metaffi}
   */
  public String language() {
    return language;
  }

  /**
   * The guest's own name of the error's type.
   *
   * @return for instance {@code ValueError}, or an empty string
   */
  public String typeName() {
    return typeName;
  }

  /**
   * The guest's own stack trace, which the guest is asked for when somebody looks first.
   *
   * @return the guest's text, or an empty string
   */
  public String guestStackTrace() {
    // Read once: of two readings without order the second may see less than the first.
    String known = guestStackTrace;
    if (known == null) {
      known = error.stackTrace();
      guestStackTrace = known;
    }
    return known;
  }

  /**
   * The guest's own exception object.
   *
   * @return a handle, or null when the guest has none, or the exception came from another process
   */
  public MetaFFIHandle original() {
    return error != null ? error.original() : original;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    guestStackTrace(); // cannot be read in another process
    out.defaultWriteObject();
  }

  /** Prints the trace of Java, and after it the guest's own ones, those of causes too. */
  @Override
  public void printStackTrace(PrintStream stream) {
    super.printStackTrace(stream);
    guestTraces().forEach(stream::println);
  }

  /** Prints the trace of Java, and after it the guest's own ones, those of causes too. */
  @Override
  public void printStackTrace(PrintWriter writer) {
    super.printStackTrace(writer);
    guestTraces().forEach(writer::println);
  }

  private List<String> guestTraces() {
    List<String> traces = new ArrayList<>();
    addGuestTraces(this, traces, Collections.newSetFromMap(new IdentityHashMap<>()));
    return traces;
  }

  /** Adds those of an exception and of all that it leads to, each once. */
  private void addGuestTraces(Throwable from, List<String> traces, Set<Throwable> seen) {
    for (Throwable each = from; each != null && seen.add(each); each = each.getCause()) {
      if (each instanceof MetaFFIException) {
        MetaFFIException error = (MetaFFIException) each;
        if (!error.guestStackTrace().isEmpty() && !error.showsStack()) {
          String of = each == this ? "" : " for " + each;
          traces.add("Stack trace of " + error.language + of + ":");
          traces.add(error.guestStackTrace().stripTrailing());
        }
      }
      for (Throwable suppressed : each.getSuppressed()) {
        addGuestTraces(suppressed, traces, seen);
      }
    }
  }

  /**
   * The guest's type and message, of a panic the stack, too; {@link #getMessage} is the message
   * alone.
   */
  @Override
  public String toString() {
    String type = typeName.isEmpty() ? getClass().getName() : typeName;
    String text = type + ": " + getMessage();
    return showsStack() ? text + "\n\n" + guestStackTrace().stripTrailing() : text;
  }

  /** A panic says where it was, as its own language prints one. */
  private boolean showsStack() {
    return kind == PANIC && !guestStackTrace().isEmpty();
  }
}
