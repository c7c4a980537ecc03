"""The home page's example, with stubs."""

import sys

import log4j_api_MetaFFIHost as log4j

log4j.bind_module_to_code(sys.argv[1], "openjdk")

logger = log4j.getLogger("mylogger")
logger.error("Hello from Python!")
logger.error("{} and {}", 1, "two")
logger.error(log4j.MarkerManager.getMarker("M"), "with a marker")
assert logger.getLevel() == log4j.Level.ERROR
assert isinstance(logger.getMessageFactory(), log4j.MessageFactory)
