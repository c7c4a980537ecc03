package generics;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import marks.CheckForNull;
import marks.NonNull;
import marks.Nullable;

/** Types of all sorts. */
@SuppressWarnings("rawtypes")
public abstract class Shelf<E extends Comparable<? super E>, X extends Exception>
    implements Iterable<E> {
  /** A function by having one method. */
  public interface Opener<A, F extends Exception> {
    List<A> open(A what, int... times) throws F, IOException;

    default void close() {}

    boolean equals(Object other);
  }

  /** A function by what it says that another one's variables are. */
  public interface Namer extends Function<Item, String> {
    String apply(Item item);

    static Namer plain() {
      return item -> "";
    }
  }

  /** Nothing in it is generic. */
  public static class Item {}

  /** Takes and gives itself. */
  public interface Step {
    Step next(Step before);
  }

  /** Two methods are no function. */
  public interface Pair {
    void one();

    void two();
  }

  public class Place {
    public E held(List<E> instead) {
      return null;
    }
  }

  public class Labelled<E> {
    public E label() {
      return null;
    }
  }

  public Map<String, List<? extends E>> byName;
  public Supplier<E> source;

  public abstract <T> T[] lists(
      List raw, Collection<?> wild, Set<Integer> numbers, Iterator<E> each, Iterable<byte[]> data);

  public abstract Stream<String> others(Optional<E> one, Map.Entry<String, int[][]> entry, Class<?> type);

  public abstract <T extends Number & Runnable> Place bounded(T value, Place place, Labelled<T> label);

  public abstract void functions(
      Runnable task,
      Callable<E> call,
      Comparator<? super E> order,
      Function<? super E, ? extends Integer> map,
      BiFunction<E[], Double, Void> both,
      IntPredicate test,
      Consumer<Supplier<E>> taker,
      Supplier... many);

  public abstract Function<E, String> own(
      Opener<E, X> opener, Opener raw, Namer namer, Step step, Pair pair, Comparable<E> same, AutoCloseable closed)
      throws X;

  public abstract @Nullable String nulls(
      @Nullable String text,
      @CheckForNull E element,
      @NonNull Integer number,
      Integer boxed,
      List<@Nullable Integer> list,
      String @Nullable [] array,
      @Nullable String[] elements,
      Map.@Nullable Entry<String, @Nullable E> entry,
      List<? extends @Nullable E> wild);

  @CheckForNull
  public abstract Integer boxed();

  /** Nothing here is null that does not say so. */
  @marks.NullMarked
  public interface Marked {
    Integer sure(Long number, @Nullable Long other);
  }
}
