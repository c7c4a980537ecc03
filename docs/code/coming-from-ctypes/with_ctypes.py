from ctypes import CDLL, POINTER, byref, c_char_p, c_double, c_int, c_long, c_void_p, string_at

shop = CDLL("./libshop.so")
shop.Greet.argtypes, shop.Greet.restype = [c_char_p], c_void_p
shop.Free.argtypes, shop.Free.restype = [c_void_p], None
shop.Total.argtypes, shop.Total.restype = [POINTER(c_double), c_int], c_double
shop.Share.argtypes, shop.Share.restype = [c_long, c_long, POINTER(c_void_p)], c_long

text = shop.Greet(b"Ann")
print(string_at(text).decode())
shop.Free(text)

prices = [1.5, 2.5]
print(shop.Total((c_double * len(prices))(*prices), len(prices)))

failure = c_void_p()
share = shop.Share(12, 0, byref(failure))
if failure:
    print("failed:", string_at(failure.value).decode())
    shop.Free(failure)
