import decimal_MetaFFIHost as decimal

decimal.bind_module_to_code("decimal_MetaFFIGuest", "go")

price, quantity = decimal.RequireFromString("136.02"), decimal.NewFromInt(3)
tax = decimal.RequireFromString("0.08875")
subtotal = price.Mul(quantity)
total = subtotal.Mul(tax.Add(decimal.NewFromInt(1)))
print(subtotal, total, total.Round(2), total.StringFixed(3))
print(price < total, price == decimal.RequireFromString("136.020"), price.IsNegative())
print(decimal.Sum(price, tax, quantity), decimal.Max(price, tax, quantity), price.Neg())
quotient, rest = price.QuoRem(quantity, 0)
print(quotient, rest, price.DivRound(quantity, 2), price.InexactFloat64())
try:
    decimal.NewFromString("12,5")
except RuntimeError as error:
    print(error)
