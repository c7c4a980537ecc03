import url_MetaFFIHost as url

url.bind_module_to_code("url_MetaFFIGuest", "go")
address = url.Parse("https://ann@example.com:8080/shop?q=pen&page=2")
print(address.Host, address.Port(), address.User.Username())
query = address.Query()
print(query.Get("q"))
query.Set("page", "3")
address.RawQuery = query.Encode()
print(address)
print(address.JoinPath("cart").String())
print(url.QueryEscape("a b&c"))
try:
    url.Parse("http://[::1")
except RuntimeError as error:
    print("error:", error)
