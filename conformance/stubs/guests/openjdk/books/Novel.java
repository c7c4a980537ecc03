package books;

/** A novel has a hero. */
public class Novel extends Book {
  public final String hero;

  public Novel(String title, String hero) {
    super(title, 300);
    this.hero = hero;
  }

  @Override
  public String describe() {
    return "the novel of " + hero;
  }
}
