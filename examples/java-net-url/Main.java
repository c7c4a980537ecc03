import metaffi.MetaFFIException;
import url.URL;
import url.UrlModule;
import url.Values;

/** Parses an address, and builds one. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    UrlModule.bindModuleToCode("url_MetaFFIGuest", "go");
    URL address = UrlModule.Parse("https://ann@example.com:8080/shop?q=pen&page=2");
    System.out.println(
        address.getHost() + " " + address.Port() + " " + address.getUser().Username());
    Values query = address.Query();
    System.out.println(query.Get("q"));
    query.Set("page", "3");
    address.setRawQuery(query.Encode());
    System.out.println(address);
    System.out.println(address.JoinPath("cart"));
    System.out.println(UrlModule.QueryEscape("a b&c"));
    try {
      UrlModule.Parse("http://[::1");
    } catch (MetaFFIException e) {
      System.out.println(e.getMessage());
    }
  }
}
