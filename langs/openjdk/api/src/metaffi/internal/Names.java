package metaffi.internal;

import metaffi.MetaFFIException;

/** Names and paths that leave Java as UTF-8. */
public final class Names {
  private Names() {}

  /**
   * The known name that is nearest to one that is not there.
   *
   * @param wanted the name
   * @param known those that there are
   * @return the end of a message; empty when none is near
   */
  public static String suggestion(String wanted, String[] known) {
    return Functions.suggest(wanted, known);
  }

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
