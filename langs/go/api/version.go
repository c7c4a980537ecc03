package metaffi

// Version is that of MetaFFI.
const Version = "0.4.0"
