import goldmark.Goldmark;
import goldmark.Writer;
import java.io.ByteArrayOutputStream;

/** Renders Markdown as HTML. */
public final class Main {
  /** The target of Go's output: a Java class that implements Go's {@code io.Writer}. */
  static final class Page extends ByteArrayOutputStream implements Writer {
    @Override
    public long Write(byte[] data) {
      writeBytes(data);
      return data.length;
    }
  }

  /** Runs it. */
  public static void main(String[] args) {
    Goldmark.bindModuleToCode("goldmark_MetaFFIGuest", "go");
    Page page = new Page();
    Goldmark.Convert("# Shopping\n\n- bread\n- **coffee**\n".getBytes(), page);
    System.out.print(page);
    Page list = new Page();
    Goldmark.New().Convert("1. tea".getBytes(), list);
    System.out.println(list.size());
  }
}
