package metaffi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The guest's name for a method of an interface passed to {@link MetaFFIObject#as}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MetaFFIName {
  /**
   * The method's name in the guest.
   *
   * @return the name
   */
  String value();
}
