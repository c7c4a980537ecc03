package metaffi.internal;

import metaffi.MetaFFIException;

/** Names and paths that are passed to other languages as UTF-8. */
public final class Names {
  private Names() {}

  /**
   * Suggests the known name nearest to a missing one.
   *
   * @param wanted the name
   * @param known the existing names
   * @return the end of a message; empty if none is similar
   */
  public static String suggestion(String wanted, String[] known) {
    return Functions.suggest(wanted, known);
  }

  /**
   * Refuses names that UTF-8 cannot represent: they would become different names in other
   * languages.
   *
   * @param what what the name is for, for the error
   * @param name any string, or null
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
            what + " `" + name + "` contains half of a surrogate pair (" + code + " at index " + i
                + "), which is not a Unicode character: rename it, or decode its name differently");
      }
      i++;
    }
    return name;
  }
}
