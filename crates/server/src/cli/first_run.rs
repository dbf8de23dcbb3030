//! Serving a folder in which no college is live yet.

use std::net::SocketAddr;

use actions::set_up::Yard;

use super::folder::Folder;
use super::serve::{listener, nights};
use super::{CliError, stop};
use crate::clock::Clock;
use crate::first_run::{FirstRun, router};
use crate::post::Post;

/// Serves the pages of setting up, and the college once it is live.
///
/// # Errors
/// An address that cannot be listened on, or a folder that cannot be used.
pub async fn serve(folder: &Folder, listen: SocketAddr, yard: Yard) -> Result<(), CliError> {
    let (listener, address) = listener(listen, "--listen").await?;
    let here = format!("http://{address}");
    let post = Post::of(folder.path(), &here).map_err(|wrong| CliError::said(wrong.to_string()))?;
    let nights = nights(folder)?;
    let first = FirstRun::begin(yard, Clock::Machine, (folder.sample(), post, here)).await?.with_nights(nights);
    let asked = stop::asked()?;
    println!("There is no college in {} yet.", folder.path().display());
    println!("Set yours up, or look around in a sample, at http://{address}");
    println!("From another machine this code is asked for, once: {}", first.0.door.code());
    let served = stop::serve(listener, router(first.clone()), asked).await;
    first.close().await?;
    served
}
