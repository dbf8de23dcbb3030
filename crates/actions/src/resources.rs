//! The shelf "What works": reading it, and keeping it. Rules R-RES-1 to R-RES-5.

use domain::ids::{PersonId, ShelfEntryId, ThemeId};
use domain::resources::{ResourceRefused, ShelfText};
use policies::acts::{AddToShelf, ChangeOnShelf, PutBackOnShelf, SeeDirectory, SeeShelf, WithdrawFromShelf};
use policies::facts::PersonFacts;
pub use store::resources::ShelfEntry;
use store::resources::{self, Kept};
use store::{Db, directory, events};

use crate::desk::{Desk, Never, Stop};

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShelfRefused {
    /// About what it says.
    #[error(transparent)]
    Resource(#[from] ResourceRefused),
    /// R-RES-3.
    #[error("Somebody has changed or withdrawn this meanwhile. Look at it again before you change it.")]
    Stale,
}

/// The shelf as somebody sees it.
#[derive(Debug)]
pub struct Shelf {
    /// What stands on it, the newest first.
    pub entries: Vec<ShelfEntry>,
    /// What was withdrawn and can be put back, for whoever keeps the shelf.
    pub withdrawn: Vec<ShelfEntry>,
    /// The college's themes.
    pub themes: Vec<directory::Theme>,
    /// Whether the reader keeps the shelf.
    pub keeps: bool,
}

/// Looks at the shelf (R-RES-4). It is the same for everybody, but for what was withdrawn.
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Shelf, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeShelf>(who, programme, &())?;
    let directory = desk.permit::<SeeDirectory>(who, programme, &())?;
    let keeps = desk.permit::<AddToShelf>(who, programme, &()).is_ok();
    let db = desk.read();
    let (withdrawn, entries): (Vec<_>, Vec<_>) =
        resources::shelf(&db, &permit).await?.into_iter().partition(|entry| entry.withdrawn);
    // What was shared of an output is its author's to share again.
    let withdrawn = withdrawn.into_iter().filter(|entry| keeps && entry.output.is_none()).collect();
    Ok(Shelf { entries, withdrawn, themes: directory::themes(&db, &directory).await?, keeps })
}

/// An entry that stands on the shelf, for whoever keeps it, with the college's themes.
///
/// # Errors
/// Denied for anybody else, and when it does not stand there.
pub async fn to_change(
    desk: &Desk,
    who: &PersonFacts,
    entry: ShelfEntryId,
) -> Result<(ShelfEntry, Vec<directory::Theme>), Stop<Never>> {
    let shelf = see(desk, who).await?;
    if !shelf.keeps {
        return Err(Stop::Denied);
    }
    let found = shelf.entries.into_iter().find(|one| one.id == entry).ok_or(Stop::Denied)?;
    Ok((found, shelf.themes))
}

/// The identifiers of the college's themes.
pub(crate) async fn themes<R>(desk: &Desk, db: &Db, who: &PersonFacts) -> Result<Vec<ThemeId>, Stop<R>> {
    let seen = desk.permit::<SeeDirectory>(who, &desk.frame.programme.facts, &())?;
    Ok(directory::themes(db, &seen).await?.iter().map(|theme| theme.id).collect())
}

/// Adds an entry (R-RES-1, R-RES-3); a form that is sent twice adds one.
///
/// # Errors
/// A rule that says no; denied for anybody but practitioners and the programme lead.
pub async fn add(
    desk: &Desk,
    who: PersonId,
    (text, once): (ShelfText, &str),
) -> Result<ShelfEntryId, Stop<ShelfRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<AddToShelf>(&me, &desk.frame.programme.facts, &())?;
    let id: ShelfEntryId = desk.once(who, once);
    if resources::has(&db, &permit, id).await? {
        return Ok(id);
    }
    let known = themes(desk, &db, &me).await?;
    let (text, kind) = text.checked(&known).map_err(|refused| Stop::Refused(refused.into()))?;
    resources::add(&db, &permit, Kept { id, text: &text, kind }, desk.now).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    db.commit().await?;
    Ok(id)
}

/// Changes an entry as it stood when the page was made (R-RES-3).
///
/// # Errors
/// A rule that says no; denied for anybody but practitioners and the programme lead.
pub async fn change(
    desk: &Desk,
    who: PersonId,
    (id, version): (ShelfEntryId, i64),
    text: ShelfText,
) -> Result<(), Stop<ShelfRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<ChangeOnShelf>(&me, &desk.frame.programme.facts, &())?;
    let known = themes(desk, &db, &me).await?;
    let (text, kind) = text.checked(&known).map_err(|refused| Stop::Refused(refused.into()))?;
    if !resources::change(&db, &permit, Kept { id, text: &text, kind }, version).await? {
        return Err(Stop::Refused(ShelfRefused::Stale));
    }
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// Withdraws an entry: nobody is offered it any more, and whatever cites it goes on naming it (R-RES-3, R-RES-5).
///
/// # Errors
/// Denied for anybody but practitioners and the programme lead, and when it does not stand there.
pub async fn withdraw(desk: &Desk, who: PersonId, entry: ShelfEntryId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<WithdrawFromShelf>(&me, &desk.frame.programme.facts, &())?;
    if !resources::withdraw(&db, &permit, entry, desk.now).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), &entry.to_string()).await?;
    Ok(db.commit().await?)
}

/// Puts a withdrawn entry back (R-RES-3).
///
/// # Errors
/// Denied for anybody but practitioners and the programme lead, and when it was not withdrawn.
pub async fn put_back(desk: &Desk, who: PersonId, entry: ShelfEntryId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PutBackOnShelf>(&me, &desk.frame.programme.facts, &())?;
    if !resources::put_back(&db, &permit, entry).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), &entry.to_string()).await?;
    Ok(db.commit().await?)
}
