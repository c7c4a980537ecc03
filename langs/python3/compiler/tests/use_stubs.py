"""Code that a user of the stubs may write, for mypy only: nothing here runs."""

from typing import assert_type

import hello_MetaFFIHost as hello
import loopback_MetaFFIHost as loopback
import names_MetaFFIHost as names
import shop_MetaFFIHost as shop
import TestMap_MetaFFIHost as testmap

assert_type(hello.SayHello("Python"), str)

assert_type(loopback.divide(7, b=2), tuple[int, int])
assert_type(loopback.Counter(5).value, int)
loopback.Counter(5).value = 9
loopback.sum([1, 2.5])
loopback.sum(memoryview(b""))
loopback.add("1", 2)  # type: ignore[arg-type]

with testmap.NewTestMap() as map_:
    assert_type(map_, testmap.TestMap)
    map_.Set("k", shop.Article("code"))

assert_type(shop.find("code", 1, 0.5, 2), shop.Article)
assert_type(shop.Size.SMALL, shop.Size)
assert_type(shop.Size.values(), list[shop.Size])
assert_type(shop.Article.Part(), shop.Article_Part)
assert_type(shop.Article("code").describe(), str)
shop.Article("code").print("text")
shop.Article("code").price = 5
shop.Article("code").price = "5"  # type: ignore[assignment]

assert_type(names.default(1), int)
assert_type(names.overload("text"), names.Conn)
assert_type(names.Client("name").list(), list[names.Conn])
names.deep_Client("name")  # type: ignore[call-arg]
