package choice;

/** The base class of Choice. */
public abstract class Parent {
    public String shared(String value) { return "Parent.shared(String)"; }
    public String inherited() { return "Parent.inherited"; }
}
