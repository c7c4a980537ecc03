package metaffi;

import java.util.Arrays;

/** A call with some arguments passed by name. */
final class NamedCall {
  private NamedCall() {}

  static boolean isNamed(Object[] arguments) {
    return arguments.length > 0 && arguments[arguments.length - 1] instanceof MetaFFIArgument;
  }

  /** The positional arguments, the names, and the named arguments. */
  static Object[] arguments(Object[] all) {
    int count = (int) Arrays.stream(all).filter(each -> !(each instanceof MetaFFIArgument)).count();
    String[] names = new String[all.length - count];
    Object[] values = new Object[names.length];
    for (int i = count; i < all.length; i++) {
      if (!(all[i] instanceof MetaFFIArgument)) {
        throw new MetaFFIException("named arguments must come after positional ones");
      }
      MetaFFIArgument argument = (MetaFFIArgument) all[i];
      names[i - count] = argument.name();
      values[i - count] = MetaFFIObject.lowered(argument.value());
    }
    Object[] byPosition = new Object[count];
    Arrays.setAll(byPosition, at -> MetaFFIObject.lowered(all[at]));
    return new Object[] {byPosition, names, values};
  }
}
