package marks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** Where a type is used. */
@Target(ElementType.TYPE_USE)
public @interface Nullable {}
