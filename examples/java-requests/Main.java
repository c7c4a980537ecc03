import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import metaffi.MetaFFIObject;
import requests.HTTPError;
import requests.Requests;
import requests.Response;

/** Queries a server, which the program starts itself. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/cities", Main::answer);
    server.start();
    try {
      ask("http://127.0.0.1:" + server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static void ask(String address) {
    Requests.bindModuleToCode("requests", "python3");
    Response response = Requests.get(address + "/cities", Map.of("min", 5));
    System.out.println(
        response.getStatus_code() + " " + response.getHeaders().get("content-type"));
    Map<?, ?> cities = (Map<?, ?>) response.json();
    System.out.println(cities.get("query") + " " + ((MetaFFIObject) cities.get("cities")).index(0));
    try {
      Requests.get(address + "/nothing").raise_for_status();
    } catch (HTTPError e) {
      System.out.println(e.getMessage());
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    byte[] body = ("{\"query\": \"" + query + "\", \"cities\": [\"Oslo\", \"Rome\"]}").getBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
