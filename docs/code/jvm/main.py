from metaffi import MetaFFIRuntime

jdk = MetaFFIRuntime("openjdk").load_module("")
Runtime, System = jdk["java.lang.Runtime"], jdk["java.lang.System"]

print(Runtime.getRuntime().maxMemory() // 2**20, "MB,", System.getProperty("greeting"))
