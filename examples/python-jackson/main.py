import jackson_databind_MetaFFIHost as jackson

JARS = "jackson-databind-2.17.1.jar;jackson-core-2.17.1.jar;jackson-annotations-2.17.1.jar"
jackson.bind_module_to_code(JARS, "openjdk")

mapper = jackson.ObjectMapper()
order = mapper.readTree('{"customer": "Ann", "items": [{"name": "pen", "price": 3}]}')
print(order.get("customer").asText())
for item in order.get("items"):
    print(item.get("name").asText(), item.get("price").asInt())

receipt = mapper.createObjectNode().put("total", 3).put("paid", True)
receipt.putArray("names").add("pen").add("ink")
print(receipt)
print(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(receipt))
try:
    mapper.readTree("{bad}")
except jackson.JsonProcessingException as error:
    print(error.message.splitlines()[0][:26])
