package marks;

/** At a declaration. */
public @interface NonNull {}
