package com.example;

/** Greets. */
public class MyClass {
  private final String greeting;

  public MyClass(String greeting) {
    this.greeting = greeting;
  }

  public String greet(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("nobody to greet");
    }
    return greeting + ", " + name + "! Greetings from Java.";
  }
}
