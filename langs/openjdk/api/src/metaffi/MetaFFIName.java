package metaffi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The guest's name for a method of an interface that {@link MetaFFIObject#as} is given. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MetaFFIName {
  /**
   * The name.
   *
   * @return as the guest has it
   */
  String value();
}
