package metaffi

// Version is the version of MetaFFI.
const Version = "0.4.0"
