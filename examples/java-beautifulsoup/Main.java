import bs4.BeautifulSoup;
import bs4.Bs4;
import bs4.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lists the links of a page, and adds a note. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Bs4.bindModuleToCode("bs4", "python3");
    BeautifulSoup soup = new BeautifulSoup(Files.readString(Path.of("page.html")), "html.parser");
    for (Tag link : soup.select("li a")) {
      System.out.println(link.get_text() + " " + link.get("href"));
    }
    Tag heading = soup.find("h1");
    Tag note = soup.new_tag("small");
    note.setString("all of them");
    Tag appended = (Tag) heading.append(note);
    System.out.println(heading + " " + appended.getName());
    System.out.println(soup.find_all("li").size() + " " + soup.find("table"));
  }
}
