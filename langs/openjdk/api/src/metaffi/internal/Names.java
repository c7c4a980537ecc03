package metaffi.internal;

import metaffi.MetaFFIException;

/** Names and paths that leave Java as UTF-8. */
public final class Names {
  private Names() {}

  /**
   * Refuses what UTF-8 cannot spell: the name would be another one on the other side.
   *
   * @param what what it names, for the error
   * @param name any text, or null
   * @return the name
   */
  public static String checked(String what, String name) {
    int length = name == null ? 0 : name.length();
    for (int i = 0; i < length; i++) {
      if (!Character.isSurrogate(name.charAt(i))) {
        continue;
      }
      if (!Character.isSupplementaryCodePoint(name.codePointAt(i))) {
        String code = String.format("\\u%04x", (int) name.charAt(i));
        throw new MetaFFIException(
            what + " `" + name + "` holds half of a surrogate pair (" + code + " at index " + i
                + "), which is no Unicode character; rename it, or decode its name differently");
      }
      i++;
    }
    return name;
  }
}
