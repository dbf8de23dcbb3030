//! The program: pages, jobs, command line. Handlers parse and show; what is done is done in `actions`.

pub mod backups;
pub mod cli;
pub mod clock;
pub mod conf;
pub mod error;
pub mod first_run;
pub mod forms;
pub mod health;
pub mod jobs;
pub mod limits;
pub mod logs;
pub mod metrics;
mod pages;
pub mod post;
pub mod routes;
pub mod sample;
pub mod upload;
pub mod visit;
