from py4j.java_gateway import JavaGateway
from py4j.protocol import Py4JJavaError


class ByLength:
    def compare(self, one, other):
        return len(one) - len(other)

    class Java:
        implements = ["java.util.Comparator"]


gateway = JavaGateway.launch_gateway(die_on_exit=True)
gateway.start_callback_server()
java = gateway.jvm.java

words = java.util.ArrayList()
for word in ["pear", "fig", "apple"]:
    words.add(word)
java.util.Collections.sort(words, ByLength())
print(list(words))
try:
    java.lang.Integer.parseInt("seven")
except Py4JJavaError as error:
    print(error.java_exception.getMessage())
gateway.shutdown_callback_server()
gateway.shutdown()
