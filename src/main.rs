//! The binary. Everything else is in the library.
fn main() {}
