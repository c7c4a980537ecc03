package marks;

/** On a class. */
public @interface NullMarked {}
