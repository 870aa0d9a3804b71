//! The binary. Everything else is in the library.
fn main() -> std::process::ExitCode {
    breachdrill::cli::main(std::env::args_os())
}
