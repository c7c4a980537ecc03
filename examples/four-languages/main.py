"""Calls the till from Python, where it is a module as any other."""

import till

shop = till.Till()
shop.put("tea", 2.5)
shop.put("pot", 20.0, till.Size.LARGE)
shop.change(lambda price: price * 2)
for thing in shop:
    print(f"{thing}: {shop.price(thing)} {shop.currency}")
print(f"total: {till.total([2, 3], 0.5)}")
try:
    shop.price("cup")
except till.SoldOut:
    print("sold out")
