"""Maps, channels and sequences of Go, in both directions, and the classes of objects in `any`."""

import itertools

import bags_MetaFFIHost as bags

bags.bind_module_to_code("bags_MetaFFIGuest", "go")


def maps_behave_as_such() -> None:
    ages = bags.Ages()
    assert (len(ages), ages["Ann"], "Bob" in ages, 3 in ages) == (2, 36, True, False)
    assert (sorted(ages), dict(ages)) == (["Ann", "Bob"], {"Ann": 36, "Bob": 41})
    assert sorted(ages.items()) == [("Ann", 36), ("Bob", 41)]
    assert str(ages) == "map[Ann:36 Bob:41]"
    ages["Cid"] = 5
    del ages["Ann"]
    assert sorted(ages.items()) == [("Bob", 41), ("Cid", 5)]
    for wrong in (lambda: ages["Zed"], lambda: ages.__delitem__("Zed")):
        try:
            wrong()
        except KeyError as error:
            assert error.args == ("Zed",)
        else:
            raise AssertionError("there is no such key")
    assert (bags.Places()["home"].Y, bags.Groups()[2]) == (2, ["bb", "cc"])
    assert next(iter(bags.Copies())).X == 1
    assert bags.Count("a", "b", "a")["a"] == 2 and bags.Count("a").Total() == 1
    assert bags.Inter()[1]["m"]["q"] == 5


def mappings_are_accepted() -> None:
    assert bags.Sum({"a": 1, "b": 2}) == 3 and bags.Sum({}) == 0 and bags.Sum(None) == 0
    assert bags.Sum(bags.Ages()) == 77
    assert bags.TotalOf({"q": 7}) == 7 and bags.TotalOf(bags.Count("a", "b")) == 2
    assert bags.Flatten({"a": {"x": [3, 1]}, "b": {"y": [2]}}) == [1, 2, 3]
    for wrong, why in [
        ({"a": "x"}, "the value of a: expected int, got string8"),
        ({1, 2}, "is not a mapping"),
    ]:
        try:
            bags.Sum(wrong)
        except RuntimeError as error:
            assert why in str(error), error
        else:
            raise AssertionError(f"{wrong} is not a map[string]int")


def channels_and_sequences_are_iterated_over() -> None:
    assert list(bags.Ticks(3)) == [0, 1, 2]
    assert list(bags.Evens(7)) == [0, 2, 4, 6]
    assert list(itertools.islice(bags.Evens(100), 2)) == [0, 2]
    assert [(key, point.X) for key, point in bags.Pairs()] == [("a", 1), ("b", 2)]
    numbers, _ = bags.Inter()
    numbers.ChanSend(4)
    numbers.ChanSend(5)
    numbers.ChanClose()
    assert list(numbers) == [4, 5]


def iterables_are_accepted() -> None:
    assert bags.Drain(["a", "b"]) == ["a", "b"] == bags.Drain(text for text in "ab")
    assert bags.Collect([1, 2]) == [1, 2] and bags.Collect(range(3)) == [0, 1, 2]
    assert bags.Collect(n * n for n in range(3)) == [0, 1, 4]
    assert bags.Collect(bags.Evens(5)) == [0, 2, 4]
    assert bags.Keys({"b": 1, "a": 2}) == ["a", "b"]
    try:
        bags.Collect(object())
    except RuntimeError as error:
        assert "cannot be iterated over" in str(error)
    else:
        raise AssertionError("an object is no sequence")


def objects_have_their_own_class() -> None:
    point = bags.Anything("point")
    assert type(point) is bags.Point and bags.Anything("pointer").X == 3
    assert bags.Anything("map")["x"] == 1 and bags.Anything("counts").Total() == 2
    assert (bags.Anything("nil"), bags.Anything("s")) == (None, "s")
    assert point == bags.Anything("point") and len({point, bags.Anything("point")}) == 1
    assert bags.Anything("pointer") != bags.Anything("pointer")
    assert str(point) == "{1 2}"
    try:
        bags.Fail(True)
    except bags.Short as error:
        assert error.By == 3
    try:
        bags.Fail(False)
    except bags.Short:
        raise AssertionError("that is another error") from None
    except RuntimeError as error:
        assert "other" in str(error)


if __name__ == "__main__":
    maps_behave_as_such()
    mappings_are_accepted()
    channels_and_sequences_are_iterated_over()
    iterables_are_accepted()
    objects_have_their_own_class()
    print("ok")
