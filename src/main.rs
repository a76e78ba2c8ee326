//! The program: everything is in the library's `cli` room.

use std::process::ExitCode;

/// Cards are read on one thread and their rows written on another: memory that goes from thread to
/// thread is what this allocator is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crm::cli::main()
}
