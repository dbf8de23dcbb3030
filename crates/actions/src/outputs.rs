//! What came of a practitioner's time: noting it, taking it back, sharing it. Rules R-RES-6 to R-RES-9.

use domain::hours::Purpose;
use domain::ids::{OutputId, PersonId, ShelfEntryId, ThemeId};
use domain::minutes::Minutes;
use domain::outputs::{OutputKind, OutputRefused, checked};
use domain::resources::{Licence, ResourceRefused, ShelfText};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{
    NoteHours, NoteOutput, RemoveNote, RemoveOutput, SeeDirectory, SeeOwnOutputs, SeeShelf, ShareOutput, StopSharing,
};
use policies::facts::PersonFacts;
use store::directory::{self, Theme};
use store::hours::NewEntry;
use store::outputs::NewOutput;
pub use store::outputs::Output;
use store::resources::{Kept, ShelfEntry};
use store::{Db, events, facts, hours, outputs, resources};

use crate::desk::{Desk, Never, Stop};
use crate::resources::themes;

/// What is noted.
#[derive(Debug, Clone)]
pub struct NewNote {
    /// What came of the time.
    pub kind: Option<OutputKind>,
    /// What it is called, without a name of anybody.
    pub title: String,
    /// The day.
    pub day: Date,
    /// What it was about.
    pub theme: Option<ThemeId>,
    /// The entry of the shelf it goes with.
    pub link: Option<ShelfEntryId>,
    /// How long it took and what that was for, if it is to enter the record of hours.
    pub time: Option<(Minutes, Option<Purpose>)>,
    /// The form's token: sent twice, noted once.
    pub once: String,
}

/// One's own outputs of all years, the newest first; also of whoever is a practitioner no more (R-RES-6).
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Vec<Output>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnOutputs>(who, &facts::practice(desk.institution(), who.id), &())?;
    Ok(outputs::own(&desk.read(), &permit).await?)
}

/// What the form to note one offers: the college's themes, and what stands on the shelf.
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn form(desk: &Desk, who: &PersonFacts) -> Result<(Vec<Theme>, Vec<ShelfEntry>), Stop<Never>> {
    let own = facts::practice(desk.institution(), who.id);
    let see = desk.permit::<SeeDirectory>(who, &desk.frame.programme.facts, &())?;
    if desk.permit::<NoteOutput>(who, &own, &()).is_err() {
        return Err(Stop::Denied);
    }
    let db = desk.read();
    Ok((directory::themes(&db, &see).await?, standing(desk, &db, who).await?))
}

/// Notes an output; its minutes enter the record of hours once, under one purpose (R-RES-6, R-RES-7).
///
/// # Errors
/// A rule that says no; denied for anybody but a practitioner.
pub async fn note(desk: &Desk, who: PersonId, new: NewNote) -> Result<OutputId, Stop<OutputRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let practice = facts::practice(desk.institution(), who);
    let permit = desk.permit::<NoteOutput>(&me, &practice, &())?;
    let id: OutputId = desk.once(who, &new.once);
    if outputs::has(&db, &permit, id).await? {
        return Ok(id);
    }
    let (kind, title) = checked((new.kind, &new.title), (new.day, desk.today()), new.time).map_err(Stop::Refused)?;
    let known = themes(desk, &db, &me).await?;
    let theme = new.theme.filter(|theme| known.contains(theme));
    let entry = match new.time {
        None => None,
        Some((minutes, purpose)) => {
            let permit = desk.permit::<NoteHours>(&me, &practice, &())?;
            let purposes: Vec<Purpose> = purpose.into_iter().collect();
            let themes: Vec<ThemeId> = theme.into_iter().collect();
            let id = desk.ids().fresh();
            let entry = NewEntry { id, day: new.day, minutes, purposes: &purposes, themes: &themes, now: desk.now };
            hours::note(&db, &permit, &entry, None).await?;
            Some(id)
        }
    };
    let link = match new.link {
        None => None,
        Some(link) => standing(desk, &db, &me).await?.into_iter().find(|one| one.id == link).map(|one| one.id),
    };
    let output = NewOutput { id, kind, day: new.day, title: &title, theme, link, hours: entry, now: desk.now };
    outputs::note(&db, &permit, &output).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(id)
}

async fn standing<R>(desk: &Desk, db: &Db, who: &PersonFacts) -> Result<Vec<ShelfEntry>, Stop<R>> {
    let permit = desk.permit::<SeeShelf>(who, &desk.frame.programme.facts, &())?;
    let all = resources::shelf(db, &permit).await?;
    Ok(all.into_iter().filter(|one| !one.withdrawn).collect())
}

/// Takes an output of one's own back, with its minutes and with what was shared of it (R-RES-6).
///
/// # Errors
/// Denied for anybody but its owner.
pub async fn remove(desk: &Desk, who: PersonId, output: OutputId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<RemoveOutput>(&me, &facts::practice(desk.institution(), who), &())?;
    let entry = outputs::remove(&db, &permit, output).await?.ok_or(Stop::Denied)?;
    if let Some(entry) = entry {
        let facts = facts::entry(&db, desk.institution(), entry).await?.ok_or(Stop::Denied)?;
        let hours = desk.permit::<RemoveNote>(&me, &facts, &())?;
        hours::remove(&db, &hours).await?;
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// How an output is shared.
#[derive(Debug, Clone)]
pub struct Sharing {
    /// What stands on the shelf.
    pub text: ShelfText,
    /// What others may do with it.
    pub licence: Option<Licence>,
    /// Whether the author's name stands with it.
    pub named: bool,
}

/// What the form to share begins with: the output, and what stands on the shelf of it already.
///
/// # Errors
/// Denied for anybody but a practitioner, and for what is not theirs.
pub async fn to_share(
    desk: &Desk,
    who: &PersonFacts,
    output: OutputId,
) -> Result<(Output, Option<ShelfEntry>), Stop<Never>> {
    let db = desk.read();
    let permit = sharing(desk, who)?;
    let found = outputs::to_share(&db, &permit, output).await?.ok_or(Stop::Denied)?;
    let shared = standing(desk, &db, who).await?.into_iter().find(|one| one.output == Some(output));
    Ok((found, shared))
}

fn sharing<R>(desk: &Desk, who: &PersonFacts) -> Result<Permit<ShareOutput>, Stop<R>> {
    Ok(desk.permit::<ShareOutput>(who, &facts::practice(desk.institution(), who.id), &())?)
}

/// Puts an output of one's own on the shelf for everybody, or changes what stands there of it (R-RES-8).
///
/// # Errors
/// A rule that says no; denied for anybody but its owner.
pub async fn share(desk: &Desk, who: PersonId, output: OutputId, how: Sharing) -> Result<(), Stop<ResourceRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = sharing(desk, &me)?;
    outputs::to_share(&db, &permit, output).await?.ok_or(Stop::Denied)?;
    let known = themes(desk, &db, &me).await?;
    let (text, kind) = how.text.checked(&known).map_err(Stop::Refused)?;
    let licence = how.licence.ok_or(Stop::Refused(ResourceRefused::NoLicence))?;
    // One entry of the shelf for each output, whatever becomes of it.
    let kept = Kept { id: ShelfEntryId(output.0), text: &text, kind };
    resources::share(&db, &permit, (kept, desk.now), (output, licence, how.named.then_some(who))).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Takes an output of one's own off the shelf again, and the name with it (R-RES-8).
///
/// # Errors
/// Denied for anybody but its owner, and when it does not stand there.
pub async fn stop_sharing(desk: &Desk, who: PersonId, output: OutputId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<StopSharing>(&me, &facts::practice(desk.institution(), who), &())?;
    if !resources::stop_sharing(&db, &permit, output, desk.now).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
