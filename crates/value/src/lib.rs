//! Safe values, types, handles, callables and errors; lower and lift.
