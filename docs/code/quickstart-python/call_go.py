import metaffi
import metaffi.imports

metaffi.imports.add("go", "prices.go")  # builds the file; needs Go and a C compiler

import prices

basket = prices.NewBasket()
basket.Add(8.5)
basket.Add(1.5)
print(basket.Total(lambda total: total * 0.1))

try:
    basket.Add(-1.0)
except metaffi.MetaFFIError as error:
    print(error.message)
