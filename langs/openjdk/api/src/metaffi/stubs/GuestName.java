package metaffi.stubs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The guest's name of an interface method that has another name in Java. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface GuestName {
  /**
   * Returns the guest's name.
   *
   * @return the name
   */
  String value();
}
