import regexp_MetaFFIHost as regexp

regexp.bind_module_to_code("regexp_MetaFFIGuest", "go")

month = regexp.MustCompile(r"(?P<year>\d{4})-(?P<month>\d{2})")
text = "from 2023-04 to 2024-11"

print(month, month.MatchString(text), month.FindString(text))
print(month.FindAllString(text, -1), month.FindStringSubmatch(text))
print(month.SubexpNames(), month.SubexpIndex("month"))
print(month.ReplaceAllString(text, "$month/$year"))
print(month.ReplaceAllStringFunc(text, lambda found: found.replace("-", "_")))
print(month.Split(text, 2), regexp.QuoteMeta("a+b"))
try:
    regexp.Compile("a(b")
except RuntimeError as error:
    print(error)
