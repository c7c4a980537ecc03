import prices_MetaFFIHost as prices

prices.bind_module_to_code("prices_MetaFFIGuest", "go")

basket = prices.Basket()
basket.Add(8.5)
basket.Add(1.5)
print(basket.Total(lambda total: total * 0.1))
