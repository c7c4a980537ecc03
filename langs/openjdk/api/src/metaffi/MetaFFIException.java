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
 * <p>Serializable; {@link #original} belongs to this process and is not serialized.
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

  /** Null until first read, if {@link #error} has the trace. */
  private String guestStackTrace;

  /** The kind as in {@code metaffi.h}. */
  private final int kind;

  private final transient MetaFFIHandle original;

  /** The native error that this was made from, if there is more to read from it; else null. */
  private final transient NativeError error;

  /**
   * Creates an error of MetaFFI itself.
   *
   * @param message what happened, and what to do
   */
  public MetaFFIException(String message) {
    this(ARGUMENT, message, "metaffi", "", "", null, null, null);
  }

  /**
   * Creates an error of a guest.
   *
   * @param message the guest's message
   * @param language the runtime where it began
   * @param typeName the guest's own name of the error's type, or empty
   * @param guestStackTrace the guest's own stack trace, or empty
   * @param cause the cause, or null
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
   * Copies an error into an exception class of stubs, which have one for each exception class of
   * the guest.
   *
   * @param error the error; its stack trace is copied, too
   */
  @SuppressWarnings("this-escape") // javac from 21 on: stub classes override nothing
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
   * Creates a guest exception in this program, to be thrown to the guest.
   *
   * @param message the guest's message
   * @param typeName the name of its type in the guest
   * @param original the guest's object; null when there is none
   */
  protected MetaFFIException(String message, String typeName, MetaFFIHandle original) {
    this(GUEST, message, "", typeName, "", original, null, null);
  }

  /** The error for using something after its release. */
  static MetaFFIException released(String message) {
    return new MetaFFIException(RELEASED, message, "metaffi", "", "", null, null, null);
  }

  /** The error for a name that does not exist. */
  static MetaFFIException notFound(String message) {
    return new MetaFFIException(NOT_FOUND, message, "metaffi", "", "", null, null, null);
  }

  /**
   * Called by the plugin: the error of a call or a load. Takes ownership of the native error, if it
   * is not 0; the stack trace may then be null, and is read from the native error when needed.
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
   * Returns the kind of the error.
   *
   * @return {@code argument} (wrong count, type or range), {@code not_found}, {@code load}, {@code
   *     signature}, {@code guest} (the guest's own exception), {@code panic}, {@code released},
   *     {@code abi}, {@code unsupported}, {@code internal} (a bug in MetaFFI)
   */
  public String kind() {
    return KINDS[kind < KINDS.length ? kind : KINDS.length - 1];
  }

  /**
   * Returns the runtime that raised the error.
   *
   * @return {@code go}, {@code python3}, {@code openjdk}, or {@code metaffi}
   */
  public String language() {
    return language;
  }

  /**
   * Returns the name of the error's type in the guest.
   *
   * @return for instance {@code ValueError}, or an empty string
   */
  public String typeName() {
    return typeName;
  }

  /**
   * Returns the guest's own stack trace, which is requested from the guest at the first call.
   *
   * @return the stack trace, or an empty string
   */
  public String guestStackTrace() {
    // Read once: without ordering, a second read may see an older value than the first.
    String known = guestStackTrace;
    if (known == null) {
      known = error.stackTrace();
      guestStackTrace = known;
    }
    return known;
  }

  /**
   * Returns the guest's own exception object.
   *
   * @return a handle, or null if the guest has none, or the exception was deserialized
   */
  public MetaFFIHandle original() {
    return error != null ? error.original() : original;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    guestStackTrace(); // cannot be read in another process
    out.defaultWriteObject();
  }

  /** Prints the Java stack trace, then the guest's own ones, including those of causes. */
  @Override
  public void printStackTrace(PrintStream stream) {
    super.printStackTrace(stream);
    guestTraces().forEach(stream::println);
  }

  /** Prints the Java stack trace, then the guest's own ones, including those of causes. */
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

  /** Adds the traces of an exception and everything it links to, each once. */
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
   * The guest's type and message, and the stack trace of a panic; {@link #getMessage} returns the
   * message alone.
   */
  @Override
  public String toString() {
    String type = typeName.isEmpty() ? getClass().getName() : typeName;
    String text = type + ": " + getMessage();
    return showsStack() ? text + "\n\n" + guestStackTrace().stripTrailing() : text;
  }

  /** A panic prints its stack trace, as its own language does. */
  private boolean showsStack() {
    return kind == PANIC && !guestStackTrace().isEmpty();
  }
}
