package metaffi.stubs;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import metaffi.MetaFFITypeInfo;
import metaffi.MetaFFITypes;

/**
 * Types written as text: {@code int64}, {@code handle<java.util.List>}, {@code string8_array[2]}.
 */
final class TypeTexts {
  private static final Pattern TYPE =
      Pattern.compile("(\\w+)(?:<(.*)>)?(?:\\[(-?\\d+)\\])?", Pattern.DOTALL);

  private static final Map<String, MetaFFITypes> NAMES =
      Stream.of(MetaFFITypes.values())
          .collect(Collectors.toMap(type -> key(type.name().substring("MetaFFI".length())), type -> type));

  private TypeTexts() {}

  private static String key(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  static MetaFFITypeInfo parse(String text) {
    Matcher found = TYPE.matcher(text);
    MetaFFITypes type = found.matches() ? NAMES.get(key(found.group(1))) : null;
    if (type == null) {
      throw new IllegalArgumentException("`" + text + "` is not a type");
    }
    int dims = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
    return new MetaFFITypeInfo(type, found.group(2), dims);
  }
}
