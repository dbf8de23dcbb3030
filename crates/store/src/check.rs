//! How the programme is set up, as counts of practitioners and areas, and what the lead has answered (R-REV-1, R-REV-3). Nobody's use of
//! support is read, and no name leaves.

use domain::check::{Answer, Question, Standing};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::planner::{Assumptions, Length, asked};
use domain::programme::Model;
use domain::remission::Teaching;
use policies::acts::{Act, AnswerCheck, KeepReviews, SeeReviews};
use policies::permit::Permit;

use crate::chart::Chart;
use crate::db::{Db, Fault, day, of};
use crate::row::row;
use crate::{areas, ceiling, frame, pattern, planner};

/// The acts for which it is looked how the programme is set up.
pub trait ReadsSetUp: Act {}
impl ReadsSetUp for SeeReviews {}
impl ReadsSetUp for KeepReviews {}

/// How the programme is set up, in counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Active practitioners.
    pub practitioners: usize,
    /// Those with published weekly times.
    pub with_times: usize,
    /// Those with hours.
    pub with_hours: usize,
    /// Those whose hours are enough for what the planner asks.
    pub fitting: usize,
    /// Those who manage or appraise somebody who teaches.
    pub in_line: usize,
    /// Those who go on teaching, and not less than the floor.
    pub teaching: usize,
    /// Whether there is a floor.
    pub has_floor: bool,
    /// Areas that nobody looks after.
    pub uncovered: usize,
    /// Themes to choose from.
    pub themes: usize,
    /// What required support may take of their time, in per cent.
    pub ceiling: i64,
}

/// Counts how the programme is set up for the year of a length, under a model.
///
/// # Errors
/// A fault of the database.
pub async fn counts<A: ReadsSetUp>(
    db: &Db,
    permit: &Permit<A>,
    (year, length, model): (i16, Length, Model),
) -> Result<Counts, Fault> {
    let institution = permit.institution();
    let chart = db.chart(institution).await?;
    let ceiling = ceiling::share(db, institution).await?;
    let base = frame::of_institution(db, institution).await?;
    let floor = base.as_ref().and_then(|(_, floor)| *floor);
    let caseload = base.map_or_else(Default::default, |(base, _)| base).caseload;
    let assumed = planner::assumed(db, institution).await?;
    let required = if model == Model::Developmental { 0 } else { ceiling };
    let assumed = Assumptions { required, ..assumed };
    let carried = pattern::carried_over(db, institution, year.saturating_sub(1)).await?;
    let loads = planner::present(db, institution).await?;
    let fits = |one: &&planner::Planned| {
        let more = carried.iter().filter(|(person, _)| *person == one.person).map(|(_, time)| *time);
        let mut load = one.load.clone();
        load.given = more.fold(load.given, |all, time| all + time);
        load.given > Minutes(0) && asked(&assumed, length, &load).over().is_none()
    };
    let teaches = |(_, practice): &(_, &crate::chart::Practice)| {
        let own = if practice.caseload > Minutes(0) { practice.caseload } else { caseload };
        let teaching = Teaching::of(own, practice.remitted, floor);
        teaching.left > Minutes(0) && teaching.short.is_none()
    };
    let practitioners = || chart.practitioners();
    Ok(Counts {
        practitioners: practitioners().count(),
        with_times: practitioners().filter(|(_, practice)| !practice.support_hours.is_empty()).count(),
        with_hours: practitioners().filter(|(_, practice)| practice.remitted > Minutes(0)).count(),
        fitting: loads.iter().filter(fits).count(),
        in_line: in_line(&chart),
        teaching: practitioners().filter(teaches).count(),
        has_floor: floor.is_some(),
        uncovered: areas::uncovered(&chart).len(),
        themes: chart.themes.len(),
        ceiling,
    })
}

/// How many practitioners manage or appraise somebody who teaches (R-BRD-5).
fn in_line(chart: &Chart) -> usize {
    let above = |one: &crate::chart::Somebody| {
        chart.people().iter().any(|other| {
            let by = other.manager == Some(one.id) || other.appraiser == Some(one.id);
            by && other.active && other.roles.has(Role::Teacher)
        })
    };
    chart.practitioners().filter(|(one, _)| above(one)).count()
}

row! {
    struct AnswerRow {
        question: String,
        standing: String,
        because: String,
        day: String,
    }
}

/// What the lead has answered; questions that this version does not ask are left out.
///
/// # Errors
/// A fault of the database.
pub async fn answers<A: ReadsSetUp>(db: &Db, permit: &Permit<A>) -> Result<Vec<Answer>, Fault> {
    let sql = "SELECT question, standing, because, day FROM check_answer WHERE institution = $1 ORDER BY question";
    let mut all = Vec::new();
    for row in db.all::<AnswerRow, 1>(sql, [of(permit.institution())]).await? {
        let Some(question) = Question::from_code(&row.question) else { continue };
        let standing = Standing::answer(&row.standing).ok_or(Fault::Unreadable("answer"))?;
        all.push(Answer { question, standing, because: row.because, day: day(&row.day)? });
    }
    Ok(all)
}

/// Keeps an answer, in the place of an earlier one.
///
/// # Errors
/// A fault of the database.
pub async fn answer(db: &Db, permit: &Permit<AnswerCheck>, answer: &Answer) -> Result<(), Fault> {
    let sql = "INSERT INTO check_answer (institution, question, standing, because, day) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, question) DO UPDATE SET standing = excluded.standing, \
                 because = excluded.because, day = excluded.day";
    let values = [
        of(permit.institution()),
        answer.question.code().into(),
        answer.standing.code().into(),
        answer.because.as_str().into(),
        answer.day.to_string().into(),
    ];
    db.run(sql, values).await.map(drop)
}
