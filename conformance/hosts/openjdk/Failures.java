package host;

import java.util.ArrayList;
import java.util.List;
import metaffi.MetaFFIException;
import org.json.JSONArray;
import org.json.JSONObject;

/** Checks for errors. */
final class Failures {
  private Failures() {}

  /** Compares an error with {@code fails} of a step. */
  static void check(JSONObject expected, Throwable error) {
    if (expected.has("original")) {
      require(error == Functions.lastRaised(), "it is not what the function raised", error);
      return;
    }
    if (!(error instanceof MetaFFIException)) {
      checkOwn(expected, error);
      return;
    }
    MetaFFIException failure = (MetaFFIException) error;
    equal(expected, "kind", failure.kind(), error);
    equal(expected, "language", failure.language(), error);
    equal(expected, "type", failure.typeName(), error);
    contains(expected, "message", failure.toString());
    contains(expected, "stack", failure.guestStackTrace());
    if (expected.has("cause")) {
      check(expected.getJSONObject("cause"), failure.getCause());
    }
  }

  /** Checks an exception of a Java guest, which is passed as itself. */
  private static void checkOwn(JSONObject expected, Throwable error) {
    require(error != null, "there is no error", null);
    equal(expected, "type", error.getClass().getName(), error);
    contains(expected, "message", error.toString());
    if (expected.has("cause")) {
      check(expected.getJSONObject("cause"), error.getCause());
    }
  }

  private static void equal(JSONObject expected, String field, String actual, Throwable error) {
    String wanted = expected.optString(field, actual);
    require(wanted.equals(actual), "its " + field + " is " + actual, error);
  }

  private static void contains(JSONObject expected, String field, String whole) {
    for (String part : texts(expected.opt(field))) {
      if (!whole.contains(part)) {
        throw new AssertionError("`" + part + "` is not in `" + whole + "`");
      }
    }
  }

  /** One text or several. */
  private static List<String> texts(Object written) {
    List<String> texts = new ArrayList<>();
    if (written instanceof JSONArray) {
      ((JSONArray) written).forEach(text -> texts.add((String) text));
    } else if (written != null) {
      texts.add((String) written);
    }
    return texts;
  }

  private static void require(boolean holds, String what, Throwable error) {
    if (!holds) {
      throw new AssertionError(what + ": " + error, error);
    }
  }
}
