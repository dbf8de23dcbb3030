//! Alongside: runs an advanced-practitioner programme.

use std::process::ExitCode;

/// Gives memory back after work that needs much of it for a moment: hashing a password takes 19 MB.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match server::cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}
