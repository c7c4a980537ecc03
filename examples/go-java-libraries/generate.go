// Package libraries generates the stubs for its programs.
package libraries

//go:generate metaffi -c --idl guava-33.2.1-jre.jar -h go -o stubs --host-options only=Splitter;ArrayListMultimap;Lists;ImmutableMap;Preconditions;java.lang.IllegalArgumentException
//go:generate metaffi -c --idl jackson-databind-2.17.1.jar;jackson-core-2.17.1.jar;jackson-annotations-2.17.1.jar -h go -o stubs --host-options only=ObjectMapper;JsonNode;ObjectNode;JsonProcessingException
