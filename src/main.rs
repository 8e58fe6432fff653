//! `corslint`: arguments in, exit code out.

fn main() -> std::process::ExitCode {
    corslint::cli::run(std::env::args_os())
}
