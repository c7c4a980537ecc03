package metaffi;

/** A member of a guest type, listed by {@link MetaFFIObject#members}, once for each overload. */
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
   * Returns its name.
   *
   * @return the name in the guest
   */
  public String name() {
    return name;
  }

  /**
   * Returns the kind of member.
   *
   * @return {@code method}, {@code static method}, {@code constructor}, {@code value}, {@code
   *     static value}, {@code class} or {@code module}
   */
  public String kind() {
    return kind;
  }

  /**
   * Returns its signature.
   *
   * @return the signature in the guest's own syntax
   */
  public String signature() {
    return signature;
  }

  /**
   * Returns its documentation.
   *
   * @return the guest's documentation; empty if there is none
   */
  public String doc() {
    return doc;
  }

  @Override
  public String toString() {
    return signature;
  }
}
