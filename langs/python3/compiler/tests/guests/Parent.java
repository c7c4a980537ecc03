package choice;

/** What Choice inherits. */
public abstract class Parent {
    public String shared(String value) { return "Parent.shared(String)"; }
    public String inherited() { return "Parent.inherited"; }
}
