import metaffi.imports

metaffi.imports.add("openjdk", "log4j-api-2.21.1.jar;log4j-core-2.21.1.jar")

from org.apache.logging.log4j import LogManager

logger = LogManager.getLogger("mylogger")
logger.error("Hello from Python!")
