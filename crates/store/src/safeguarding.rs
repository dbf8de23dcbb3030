//! What was passed to the safeguarding leads: by whom, about whom, to whom; and whom one telephones. Nothing here points to a
//! thread. Rules R-SAF-1 to R-SAF-9; what becomes of one of them is in [`crate::disclosures`].

use domain::ids::{DisclosureId, InstitutionId, PersonId};
use domain::people::Role;
use domain::safeguarding::{Category, Lead, Reason, Route};
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{Disclose, SeeDisclosures, SeeOwnSupport, SetSafeguarding};
use policies::facts::DisclosureFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::Chart;
use crate::db::{Db, Fault, day, id, instant, of, seconds};
use crate::disclosures::OnDisclosure;
use crate::row::row;

/// Somebody, by name.
pub type Named = (PersonId, String);

/// A lead for whom it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Whether they are a safeguarding lead whose account is on today.
    pub is_lead: bool,
}

/// What was passed on, without a word of it.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// Which.
    pub id: DisclosureId,
    /// Who passed it on.
    pub discloser: Named,
    /// Whom it is about: the other one of the thread.
    pub subject: Named,
    /// To whom.
    pub recipients: Vec<Recipient>,
    /// What it is.
    pub category: Category,
    /// Why the subject is not told, and the day on which that is decided again; stays when they were told later.
    pub kept_back: Option<(Reason, Date)>,
    /// When it was passed on.
    pub made: Timestamp,
    /// The day on which a lead first opened it, and who.
    pub opened: Option<(Date, Named)>,
    /// The day on which the subject was told later.
    pub told: Option<Date>,
}

impl Disclosure {
    /// Whether telling is still thought to put somebody at risk.
    pub const fn is_unsafe(&self) -> bool {
        self.kept_back.is_some() && self.told.is_none()
    }

    /// What the gate knows of it.
    pub fn facts(&self, institution: InstitutionId) -> DisclosureFacts {
        DisclosureFacts {
            institution,
            disclosure: self.id,
            discloser: self.discloser.0,
            subject: self.subject.0,
            recipients: self.recipients.iter().map(|one| one.id).collect(),
            subject_may_know: !self.is_unsafe(),
        }
    }
}

/// What is to be saved.
#[derive(Debug, Clone)]
pub struct New {
    /// Which.
    pub id: DisclosureId,
    /// Whom it is about.
    pub subject: PersonId,
    /// To whom.
    pub recipients: Vec<PersonId>,
    /// What it is.
    pub category: Category,
    /// Why the subject is not told, and when that is decided again.
    pub kept_back: Option<(Reason, Date)>,
    /// When.
    pub made: Timestamp,
    /// The sealed text, a JWE.
    pub sealed: String,
}

row! {
    struct Row {
        id: Uuid,
        discloser: Uuid,
        subject: Uuid,
        category: String,
        reason: Option<String>,
        review: Option<String>,
        made_at: i64,
        opened: Option<String>,
        opened_by: Option<Uuid>,
        told: Option<String>,
    }
}

row! {
    pub(crate) struct PersonRow {
        pub person: Uuid,
    }
}

row! {
    struct RouteRow {
        name: String,
        telephone: String,
    }
}

/// Whom one telephones, if that was entered. Everybody at the institution may know.
///
/// # Errors
/// A fault of the database.
pub async fn route(db: &Db, institution: InstitutionId) -> Result<Option<Route>, Fault> {
    let sql = "SELECT name, telephone FROM safeguarding_route WHERE institution = $1";
    let row = db.first::<RouteRow, 1>(sql, [of(institution)]).await?;
    Ok(row.map(|RouteRow { name, telephone }| Route { name, telephone }))
}

/// Says whom one telephones, in place of what was said before.
///
/// # Errors
/// A fault of the database.
pub async fn set_route(db: &Db, permit: &Permit<SetSafeguarding>, route: &Route) -> Result<(), Fault> {
    let sql = "INSERT INTO safeguarding_route (institution, name, telephone) VALUES ($1, $2, $3) \
               ON CONFLICT (institution) DO UPDATE SET name = excluded.name, telephone = excluded.telephone";
    db.run(sql, [of(permit.institution()), (&route.name).into(), (&route.telephone).into()]).await.map(drop)
}

pub(crate) fn name(chart: &Chart, person: PersonId) -> Named {
    (person, chart.person(person).map(|one| one.name.clone()).unwrap_or_default())
}

pub(crate) fn is_lead(chart: &Chart, person: PersonId) -> bool {
    chart.person(person).is_some_and(|one| one.active && one.roles.has(Role::SafeguardingLead))
}

/// The safeguarding leads to whom something in a thread could be passed, by name: whoever passes it on and whom it is about
/// left out (R-SAF-2).
///
/// # Errors
/// A fault of the database.
pub async fn leads(
    db: &Db,
    permit: &Permit<Disclose>,
    (teacher, subject): (PersonId, PersonId),
) -> Result<Vec<(Lead, String)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let sql = "SELECT person FROM key_set WHERE institution = $1";
    let keyed = db.all::<PersonRow, 1>(sql, [of(permit.institution())]).await?;
    let leads = chart.people().iter().filter(|one| is_lead(&chart, one.id));
    let leads = leads.filter(|one| one.id != subject && Some(one.id) != permit.person()).map(|one| {
        let (above, keyed) = (chart.stands_above(one.id, teacher), keyed.iter().any(|row| row.person == one.id.0));
        (Lead { person: one.id, above, keyed }, one.name.clone())
    });
    Ok(leads.collect())
}

/// The name of somebody it goes to or is about.
///
/// # Errors
/// A fault of the database.
pub async fn named(db: &Db, permit: &Permit<Disclose>, person: PersonId) -> Result<Named, Fault> {
    Ok(name(&*db.chart(permit.institution()).await?, person))
}

/// Saves what is passed on, with those it goes to.
///
/// # Errors
/// A fault of the database.
pub async fn insert(db: &Db, permit: &Permit<Disclose>, new: &New) -> Result<(), Fault> {
    let discloser = permit.person().ok_or(Fault::Missing("discloser"))?;
    let sql = "INSERT INTO disclosure (institution, id, discloser, subject, category, reason, review, made_at, sealed) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        of(permit.institution()),
        id(new.id),
        id(discloser),
        id(new.subject),
        new.category.code().into(),
        new.kept_back.map(|(reason, _)| reason.code()).into(),
        new.kept_back.map(|(_, review)| review.to_string()).into(),
        seconds(new.made),
        (&new.sealed).into(),
    ];
    db.run(sql, values).await?;
    let sql = "INSERT INTO disclosure_recipient (institution, disclosure, person) VALUES ($1, $2, $3)";
    for person in &new.recipients {
        db.run(sql, [of(permit.institution()), id(new.id), id(*person)]).await?;
    }
    Ok(())
}

async fn whole(db: &Db, institution: InstitutionId, row: Row) -> Result<Disclosure, Fault> {
    let chart = db.chart(institution).await?;
    let sql = "SELECT person FROM disclosure_recipient WHERE institution = $1 AND disclosure = $2";
    let people = db.all::<PersonRow, 2>(sql, [of(institution), id(row.id)]).await?;
    let recipient = |row: PersonRow| {
        let (person, name) = name(&chart, PersonId(row.person));
        Recipient { id: person, name, is_lead: is_lead(&chart, person) }
    };
    let mut recipients: Vec<Recipient> = people.into_iter().map(recipient).collect();
    recipients.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    let reason = row.reason.as_deref().map(|code| Reason::from_code(code).ok_or(Fault::Unreadable("reason")));
    let review = row.review.as_deref().map(day).transpose()?;
    let opened = row.opened.as_deref().map(day).transpose()?;
    Ok(Disclosure {
        id: DisclosureId(row.id),
        discloser: name(&chart, PersonId(row.discloser)),
        subject: name(&chart, PersonId(row.subject)),
        recipients,
        category: Category::from_code(&row.category).ok_or(Fault::Unreadable("category"))?,
        kept_back: reason.transpose()?.zip(review),
        made: instant(row.made_at)?,
        opened: opened.zip(row.opened_by.map(|person| name(&chart, PersonId(person)))),
        told: row.told.as_deref().map(day).transpose()?,
    })
}

/// What was passed on, without a word of it.
///
/// # Errors
/// A fault of the database.
pub async fn see<A: OnDisclosure>(db: &Db, permit: &Permit<A>) -> Result<Disclosure, Fault> {
    let sql = "SELECT id, discloser, subject, category, reason, review, made_at, opened, opened_by, told FROM disclosure \
               WHERE institution = $1 AND id = $2";
    let row = db.first::<Row, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    whole(db, permit.institution(), row.ok_or(Fault::Missing("disclosure"))?).await
}

/// What was passed to a lead, the latest first (R-SAF-7).
///
/// # Errors
/// A fault of the database.
pub async fn inbox(db: &Db, permit: &Permit<SeeDisclosures>) -> Result<Vec<Disclosure>, Fault> {
    let lead = permit.person().ok_or(Fault::Missing("lead"))?;
    let sql = "SELECT d.id, d.discloser, d.subject, d.category, d.reason, d.review, d.made_at, d.opened, d.opened_by, d.told \
               FROM disclosure d JOIN disclosure_recipient r ON r.institution = d.institution AND r.disclosure = d.id \
               WHERE d.institution = $1 AND r.person = $2 ORDER BY d.made_at DESC, d.id";
    all(db, permit.institution(), db.all::<Row, 2>(sql, [of(permit.institution()), id(lead)]).await?).await
}

/// What somebody has passed on, and what was passed on about them as far as they may know; the latest first (R-SAF-4).
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnSupport>) -> Result<Vec<Disclosure>, Fault> {
    let sql = "SELECT id, discloser, subject, category, reason, review, made_at, opened, opened_by, told FROM disclosure \
               WHERE institution = $1 AND (discloser = $2 OR (subject = $2 AND (reason IS NULL OR told IS NOT NULL))) \
               ORDER BY made_at DESC, id";
    let rows = db.all::<Row, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    all(db, permit.institution(), rows).await
}

async fn all(db: &Db, institution: InstitutionId, rows: Vec<Row>) -> Result<Vec<Disclosure>, Fault> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(whole(db, institution, row).await?);
    }
    Ok(found)
}
