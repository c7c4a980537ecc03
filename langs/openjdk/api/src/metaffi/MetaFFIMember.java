package metaffi;

/** A member of a guest's type, as {@link MetaFFIObject#members} lists them: each overload once. */
public final class MetaFFIMember {
  private final String name;
  private final String kind;
  private final String signature;
  private final String doc;

  MetaFFIMember(String name, String kind, String signature, String doc) {
    this.name = name;
    this.kind = kind;
    this.signature = signature;
    this.doc = doc;
  }

  /**
   * Its name.
   *
   * @return as the guest has it
   */
  public String name() {
    return name;
  }

  /**
   * What it is.
   *
   * @return {@code method}, {@code static method}, {@code constructor}, {@code value}, {@code static
   *     value}, {@code class} or {@code module}
   */
  public String kind() {
    return kind;
  }

  /**
   * How it is written.
   *
   * @return in the guest's own language
   */
  public String signature() {
    return signature;
  }

  /**
   * Its documentation.
   *
   * @return the guest's own; empty where there is none
   */
  public String doc() {
    return doc;
  }

  @Override
  public String toString() {
    return signature;
  }
}
