//! The program: everything is in the library's `cli` room.

use std::process::ExitCode;

fn main() -> ExitCode {
    crm::cli::main()
}
