import log4j_api_MetaFFIHost as log4j

log4j.bind_module_to_code(
    "log4j-api-2.21.1.jar;log4j-core-2.21.1.jar", "openjdk")

logger = log4j.getLogger("mylogger")
logger.error("Hello from generated stubs!")
