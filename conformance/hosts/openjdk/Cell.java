package host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;
import org.json.JSONArray;
import org.json.JSONObject;

/** One plan, and the entities and modules loaded for it. */
final class Cell {
  private static final long PATIENCE = 10_000; // milliseconds

  private final JSONObject plan;
  private final Map<String, MetaFFIRuntime> runtimes = new HashMap<>();
  private final Map<String, MetaFFIModule> modules = new HashMap<>();
  private final Map<String, Caller> entities = new HashMap<>();
  private Values values = new Values();

  Cell(JSONObject plan) {
    this.plan = plan;
  }

  /** Runs every step. */
  void run() throws Throwable {
    steps(plan.getJSONArray("steps"), values);
  }

  private void steps(JSONArray steps, Values values) throws Throwable {
    for (Object each : steps) {
      try {
        step((JSONObject) each, values);
      } catch (Throwable error) {
        error.addSuppressed(new AssertionError("in the step " + Text.of(each)));
        throw error;
      }
    }
  }

  private void step(JSONObject step, Values values) throws Throwable {
    if (step.has("call")) {
      call(step, values);
    } else if (step.has("release")) {
      ((AutoCloseable) values.variables.get(step.getString("release"))).close();
    } else if (step.has("forget")) {
      values.variables.remove(step.getString("forget"));
    } else if (step.has("same")) {
      require(pairIsSame(step.getJSONArray("same"), values), "they are different");
    } else if (step.has("different")) {
      require(!pairIsSame(step.getJSONArray("different"), values), "they are the same");
    } else if (step.has("threads")) {
      onThreads(step.getInt("threads"), step.getJSONArray("steps"), values);
    } else if (step.has("times")) {
      for (int i = 0; i < step.getInt("times"); i++) {
        steps(step.getJSONArray("steps"), values);
      }
    } else if (step.has("live")) {
      waitFor(step.getLong("live"), plan.getString("guest"));
    } else if (step.has("release_runtime")) {
      String name = step.getString("release_runtime");
      runtimes.remove(name).releaseRuntimePlugin();
      modules.remove(name);
    } else {
      throw new IllegalArgumentException("this host does not support such a step");
    }
  }

  private static boolean pairIsSame(JSONArray names, Values values) {
    return Values.same(values.variable(names.getString(0)), values.variable(names.getString(1)));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private void call(JSONObject step, Values values) throws Throwable {
    List<Object> arguments = new ArrayList<>();
    step.getJSONArray("args").forEach(written -> arguments.add(values.lower(written)));
    JSONObject fails = step.optJSONObject("fails");
    Object[] results;
    Functions.enterCall();
    try {
      results = callee(step.getString("call"), values).call(arguments.toArray());
    } catch (Throwable error) {
      if (fails == null) {
        throw error;
      }
      checkFailure(fails, error, step.getString("call"), arguments);
      return;
    }
    require(fails == null, "it did not fail, but returned " + Text.of(results));
    JSONArray expected = step.getJSONArray("returns");
    require(results != null || expected.isEmpty(), "got null");
    require(expected.length() == (results == null ? 0 : results.length), "got " + Text.of(results));
    for (int i = 0; i < expected.length(); i++) {
      values.expect(expected.get(i), results[i]);
    }
  }

  private void checkFailure(
      JSONObject expected, Throwable error, String entity, List<Object> arguments)
      throws Throwable {
    if (!expected.has("later")) {
      Failures.check(expected, error);
      return;
    }
    try {
      entity(entity).call(arguments.toArray());
    } catch (Throwable again) {
      // as expected
    }
    CompletableFuture<Void> other = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                Failures.check(expected, error);
                other.complete(null);
              } catch (Throwable failed) {
                other.completeExceptionally(failed);
              }
            })
        .start();
    other.get();
  }

  /** The function in a variable, which belongs to Java or another language, or an entity. */
  private Caller callee(String name, Values values) {
    Object stored = values.variables.get(name);
    if (stored == null) {
      return entity(name);
    }
    return stored instanceof Caller
        ? (Caller) stored
        : MetaFFIRuntime.makeMetaffiCallable(stored);
  }

  private synchronized Caller entity(String name) {
    Caller loaded = entities.get(name);
    if (loaded == null) {
      JSONObject entity = plan.getJSONObject("entities").getJSONObject(name);
      loaded =
          module(entity.getString("runtime"))
              .load(
                  entity.getString("path"),
                  Values.infos(entity.getJSONArray("params")),
                  Values.infos(entity.getJSONArray("returns")));
      entities.put(name, loaded);
    }
    return loaded;
  }

  private synchronized MetaFFIModule module(String runtime) {
    MetaFFIModule loaded = modules.get(runtime);
    if (loaded == null) {
      MetaFFIRuntime opened = new MetaFFIRuntime(runtime);
      loaded = opened.loadModule(plan.getJSONObject("modules").getString(runtime));
      runtimes.put(runtime, opened);
      modules.put(runtime, loaded);
    }
    return loaded;
  }

  private void onThreads(int count, JSONArray steps, Values values) throws Throwable {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Values own = values.copy();
      Thread thread =
          new Thread(
              () -> {
                try {
                  steps(steps, own);
                } catch (Throwable error) {
                  failure.set(error);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** Collects until others hold that many objects of runtimes whose names start with a text. */
  private void waitFor(long expected, String owners) throws InterruptedException {
    MetaFFITypes[] text = {MetaFFITypes.MetaFFIString8};
    MetaFFITypes[] found = {MetaFFITypes.MetaFFIInt64, MetaFFITypes.MetaFFIString8};
    try (MetaFFIRuntime loopback = new MetaFFIRuntime("loopback")) {
      Caller live = loopback.loadModule("loopback").load("callable=live_objects", text, found);
      long deadline = System.currentTimeMillis() + PATIENCE;
      for (Object[] now = live.call(owners); (long) now[0] != expected; now = live.call(owners)) {
        require(System.currentTimeMillis() < deadline, now[0] + " objects are live: " + now[1]);
        System.gc();
        collect();
        Thread.sleep(5);
      }
    }
  }

  /** Runs the garbage collectors of the guests. */
  private void collect() {
    Set<String> loaded;
    synchronized (this) {
      loaded = new HashSet<>(modules.keySet());
    }
    for (String runtime : loaded) {
      String name = "collect of " + runtime;
      if (plan.getJSONObject("entities").has(name)) {
        entity(name).call();
      }
    }
  }

  /** Drops everything; then no objects may be left. */
  void finish() throws InterruptedException {
    values = new Values();
    Functions.forget();
    Set<String> used = new HashSet<>();
    for (Map.Entry<String, Caller> each : entities.entrySet()) {
      used.add(each.getKey().split(" of ")[1]);
      each.getValue().close();
    }
    entities.clear();
    used.forEach(this::module); // a released one still has to collect
    waitFor(0, "");
  }
}
