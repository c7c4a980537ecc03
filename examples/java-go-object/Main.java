import static metaffi.MetaFFITypes.*;

import java.util.ArrayList;
import java.util.List;
import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

public class Main {
  public static void main(String[] args) {
    MetaFFIRuntime runtime = new MetaFFIRuntime("go");
    MetaFFIModule module = runtime.loadModule("TestMap_MetaFFIGuest");

    Caller newTestMap =
        module.load("callable=NewTestMap", null, new MetaFFITypes[] {MetaFFIHandle});
    Caller set =
        module.load(
            "callable=TestMap.Set,instance_required",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIString8, MetaFFIAny},
            null);
    // As MetaFFIAny, a list is passed as an array of its elements; as a handle, it stays a list.
    Caller setObject =
        module.load(
            "callable=TestMap.Set,instance_required",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIString8, MetaFFIHandle},
            null);
    Caller get =
        module.load(
            "callable=TestMap.Get,instance_required",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIString8},
            new MetaFFITypes[] {MetaFFIAny});
    Caller contains =
        module.load(
            "callable=TestMap.Contains,instance_required",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIString8},
            new MetaFFITypes[] {MetaFFIBool});
    Caller setName =
        module.load(
            "field=TestMap.Name,instance_required,setter",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIString8},
            null);
    Caller getName =
        module.load(
            "field=TestMap.Name,instance_required,getter",
            new MetaFFITypes[] {MetaFFIHandle},
            new MetaFFITypes[] {MetaFFIString8});

    Object map = newTestMap.call()[0];
    setName.call(map, "shelf");
    System.out.println("name: " + getName.call(map)[0]);

    List<String> books = new ArrayList<>(List.of("Momo", "Emma"));
    setObject.call(map, "books", books);
    set.call(map, "answer", 42);

    Object back = get.call(map, "books")[0];
    books.add("Ulysses");
    System.out.println("books: " + back + ", the same list: " + (back == books));
    System.out.println("answer: " + get.call(map, "answer")[0]);
    System.out.println("contains dragons: " + contains.call(map, "dragons")[0]);

    runtime.releaseRuntimePlugin();
  }
}
