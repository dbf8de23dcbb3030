//! Communities of practice: whose each is, and the needs in its register. No row says who suggested anything (R-SES-4).

use domain::frame::SetBy;
use domain::ids::{AreaId, InstitutionId, NeedId, PersonId, ThemeId};
use domain::training::{LEAST, Side, Source};
use jiff::civil::Date;
use policies::acts::{AgreeNeed, EnterNeed, RemoveNeed, SeeTrainings, SetCommunities, SuggestTheme};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::directory::Theme;
use crate::row::row;

/// The community of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// Whose.
    pub area: AreaId,
    /// The area's name.
    pub name: String,
    /// The practitioners who look after the area, by name.
    pub looked_after: Vec<(PersonId, String)>,
    /// Whom the lead has named.
    pub named: Option<PersonId>,
}

row! {
    struct NamedRow {
        area: Uuid,
        practitioner: Uuid,
    }
}

row! {
    struct LeastRow {
        least: i64,
    }
}

/// Every community, by the name of its area.
///
/// # Errors
/// A fault of the database.
pub async fn all(db: &Db, permit: &Permit<SeeTrainings>) -> Result<Vec<Community>, Fault> {
    let sql = "SELECT area, practitioner FROM community WHERE institution = $1";
    let named = db.all::<NamedRow, 1>(sql, [of(permit.institution())]).await?;
    let chart = db.chart(permit.institution()).await?;
    let community = |(name, area): (&str, AreaId)| {
        let looks_after = chart.practitioners().filter(|(_, own)| own.nominated.iter().any(|(one, _)| *one == area));
        Community {
            area,
            name: name.to_owned(),
            looked_after: looks_after.map(|(one, _)| (one.id, one.name.clone())).collect(),
            named: named.iter().find(|row| row.area == area.0).map(|row| PersonId(row.practitioner)),
        }
    };
    Ok(chart.areas().map(community).collect())
}

/// How many sessions a term there are at least (R-SES-2).
///
/// # Errors
/// A fault of the database.
pub async fn least(db: &Db, permit: &Permit<SeeTrainings>) -> Result<i64, Fault> {
    least_of(db, permit.institution()).await
}

pub(crate) async fn least_of(db: &Db, institution: InstitutionId) -> Result<i64, Fault> {
    let sql = "SELECT least FROM community_least WHERE institution = $1";
    Ok(db.first::<LeastRow, 1>(sql, [of(institution)]).await?.map_or(LEAST, |row| row.least))
}

/// Sets it.
///
/// # Errors
/// A fault of the database.
pub async fn set_least(db: &Db, permit: &Permit<SetCommunities>, least: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO community_least (institution, least) VALUES ($1, $2) \
               ON CONFLICT (institution) DO UPDATE SET least = excluded.least";
    db.run(sql, [of(permit.institution()), least.into()]).await.map(drop)
}

/// Names an area's practitioner for its community.
///
/// # Errors
/// A fault of the database.
pub async fn name(db: &Db, permit: &Permit<SetCommunities>, (area, who): (AreaId, PersonId)) -> Result<(), Fault> {
    let sql = "INSERT INTO community (institution, area, practitioner) VALUES ($1, $2, $3) \
               ON CONFLICT (institution, area) DO UPDATE SET practitioner = excluded.practitioner";
    db.run(sql, [of(permit.institution()), id(area), id(who)]).await.map(drop)
}

/// The themes that are priorities of the college, with who set each (GOV-14).
///
/// # Errors
/// A fault of the database.
pub async fn priorities(db: &Db, permit: &Permit<SeeTrainings>) -> Result<Vec<(Theme, Option<SetBy>)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let priority = |theme: &Theme| {
        let one = chart.priorities.iter().find(|one| one.theme == theme.id)?;
        Some((theme.clone(), one.set_by))
    };
    Ok(chart.themes.iter().filter_map(priority).collect())
}

/// A need of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Which.
    pub id: NeedId,
    /// Whose.
    pub area: AreaId,
    /// What it is about.
    pub theme: ThemeId,
    /// The theme's name.
    pub theme_name: String,
    /// In the words of whoever entered it; may be empty.
    pub title: String,
    /// Where it comes from.
    pub source: Source,
    /// The term's first day.
    pub term: Date,
    /// Which side entered it; nothing of a suggestion.
    pub side: Option<Side>,
    /// Whether the other side agreed.
    pub agreed: bool,
}

row! {
    struct NeedRow {
        id: Uuid,
        area: Uuid,
        theme: Uuid,
        name: String,
        title: String,
        source: String,
        term: String,
        side: Option<String>,
        agreed: bool,
    }
}

fn need(row: NeedRow) -> Result<Need, Fault> {
    Ok(Need {
        id: NeedId(row.id),
        area: AreaId(row.area),
        theme: ThemeId(row.theme),
        theme_name: row.name,
        title: row.title,
        source: Source::from_code(&row.source).ok_or(Fault::Unreadable("source"))?,
        term: day(&row.term)?,
        side: row.side.as_deref().and_then(Side::from_code),
        agreed: row.agreed,
    })
}

/// The register as it stands on a day: by area, the latest term first, then by theme, never in order of time.
///
/// # Errors
/// A fault of the database.
pub async fn needs(db: &Db, permit: &Permit<SeeTrainings>, today: Date) -> Result<Vec<Need>, Fault> {
    let sql = "SELECT n.id, n.area, n.theme, t.name, n.title, n.source, n.term, n.side, n.agreed FROM need n \
               JOIN theme t ON t.institution = n.institution AND t.id = n.theme \
               WHERE n.institution = $1 AND n.shown <= $2 ORDER BY n.area, n.term DESC, t.position, t.name, n.source";
    let rows = db.all::<NeedRow, 2>(sql, [of(permit.institution()), today.to_string().into()]).await?;
    rows.into_iter().map(need).collect()
}

/// A need to be entered.
#[derive(Debug, Clone)]
pub struct NewNeed<'a> {
    /// A fresh identifier.
    pub id: NeedId,
    /// What it is about.
    pub theme: ThemeId,
    /// In words.
    pub title: &'a str,
    /// Where it comes from.
    pub source: Source,
    /// The term's first day.
    pub term: Date,
    /// From which day on it is shown.
    pub shown: Date,
}

const NEED: &str = "INSERT INTO need (institution, id, area, theme, title, source, term, shown, side, agreed) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE) ON CONFLICT DO NOTHING";

/// Enters a need. Says whether it was new to the register.
///
/// # Errors
/// A fault of the database.
pub async fn enter(db: &Db, permit: &Permit<EnterNeed>, new: &NewNeed<'_>, side: Side) -> Result<bool, Fault> {
    let values = [
        of(permit.institution()),
        id(new.id),
        id(permit.key()),
        id(new.theme),
        new.title.into(),
        new.source.code().into(),
        new.term.to_string().into(),
        new.shown.to_string().into(),
        side.code().into(),
    ];
    Ok(db.run(NEED, values).await? > 0)
}

/// Puts a suggestion into the register, from the next Monday on; one that is there already stays as it is.
///
/// # Errors
/// A fault of the database.
pub async fn suggest(db: &Db, permit: &Permit<SuggestTheme>, area: AreaId, new: &NewNeed<'_>) -> Result<(), Fault> {
    let values = [
        of(permit.institution()),
        id(new.id),
        id(area),
        id(new.theme),
        "".into(),
        Source::Staff.code().into(),
        new.term.to_string().into(),
        new.shown.to_string().into(),
        crate::row::Value::Null,
    ];
    db.run(NEED, values).await.map(drop)
}

row! {
    struct SideRow {
        source: String,
        side: Option<String>,
    }
}

/// Which side entered a need of the permit's area, if it is one to be agreed and is not yet.
///
/// # Errors
/// A fault of the database.
pub async fn to_agree(db: &Db, permit: &Permit<AgreeNeed>, need: NeedId) -> Result<Option<Side>, Fault> {
    let sql = "SELECT source, side FROM need WHERE institution = $1 AND area = $2 AND id = $3 AND NOT agreed";
    let row = db.first::<SideRow, 3>(sql, [of(permit.institution()), id(permit.key()), id(need)]).await?;
    let view = row.filter(|row| row.source == Source::View.code());
    Ok(view.and_then(|row| row.side.as_deref().and_then(Side::from_code)))
}

/// Agrees to it.
///
/// # Errors
/// A fault of the database.
pub async fn agree(db: &Db, permit: &Permit<AgreeNeed>, need: NeedId) -> Result<(), Fault> {
    let sql = "UPDATE need SET agreed = TRUE WHERE institution = $1 AND area = $2 AND id = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(need)]).await.map(drop)
}

/// Takes a need of the permit's area out, but for a suggestion. Says whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<RemoveNeed>, need: NeedId) -> Result<bool, Fault> {
    let sql = "DELETE FROM need WHERE institution = $1 AND area = $2 AND id = $3 AND source <> 'staff'";
    Ok(db.run(sql, [of(permit.institution()), id(permit.key()), id(need)]).await? > 0)
}
