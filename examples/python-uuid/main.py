import uuid_MetaFFIHost as uuid

uuid.bind_module_to_code("uuid_MetaFFIGuest", "go")

TEXT = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

print(uuid.Validate(TEXT), uuid.Parse(TEXT) == uuid.MustParse(TEXT.upper()))
print(len(uuid.NewString()))
try:
    uuid.Parse("nonsense")
except RuntimeError as error:
    print(error)
