//! What is released of a survey that is over: once, as text with a hash, in bands. What was answered is deleted in the same unit
//! of work. Rules R-SUR-3 to R-SUR-8, R-SUR-13.

use domain::programme::Model;
use domain::survey::{Asked, Choice, Factor, Side, Survey};
use evidence::bands::{Band, FEWEST};
use evidence::survey::{self as said, Comparison, Group, Reading, Shown, Statement};
use policies::acts::ReleaseSurvey;
use policies::facts::{Actor, Job};
use serde::{Deserialize, Serialize};
use store::survey::{Counted, Released};
use store::{Fault, events, survey};

use crate::chance::digest_bytes;
use crate::desk::{Desk, Never, Stop};

/// What is released of a survey, as it is written down. Nothing in it is a count of people but how many answered, of ten or more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The academic year, by the calendar year in which it starts.
    pub year: i16,
    /// The first day, as it is written.
    pub first: String,
    /// The last day.
    pub last: String,
    /// What practitioners were called in the statements.
    pub title: String,
    /// The hash of the release before; nothing in the first.
    pub before: String,
    /// The code of the model that was declared when it was over; releases of before it was noted do not have it (R-SUR-18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Both sides, apart: there is no total.
    pub sides: Vec<OfSide>,
}

/// What is released of one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfSide {
    /// `staff` or `practitioner`.
    pub side: String,
    /// How many were asked: who taught at the end of it, by the list of staff.
    pub asked: u64,
    /// How many answered, where ten or more did.
    pub returned: Option<u64>,
    /// The band of who agreed, for each statement in its order; none where fewer than ten said either way.
    pub agreed: Vec<Option<Band>>,
    /// The band of who chose each factor.
    pub factors: Vec<(String, Band)>,
}

impl Release {
    /// The model that was declared when it was over, where that was noted (R-SUR-18).
    pub fn declared(&self) -> Option<Model> {
        self.model.as_deref().and_then(|code| code.parse().ok())
    }
}

/// One statement of one side, with how it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which statement.
    pub statement: Statement,
    /// Band and interval; none where too few said either way.
    pub shown: Option<Shown>,
    /// Beside the figure of 2017, of staff who are not practitioners only, with how many must have answered then.
    pub beside: Option<(Reading, Option<u64>)>,
    /// Beside the release of an earlier year.
    pub earlier: Option<Comparison>,
    /// Whether the earlier year asked it.
    pub asked_before: bool,
}

fn shown(band: Band) -> Option<Shown> {
    // Every count of a band gives the same band, so nothing is lost by taking its low end.
    let group = Group { agreed: band.low, answered: band.of, said: band.of };
    said::publish(&group, None).ok().and_then(Result::ok)
}

impl OfSide {
    /// Which side it is.
    pub fn side(&self) -> Option<Side> {
        Side::from_code(&self.side)
    }

    /// Its statements with how they read, beside those of an earlier year.
    pub fn lines(&self, earlier: Option<&Self>) -> Vec<Line> {
        let staff = self.side() == Some(Side::Staff);
        let line = |(at, statement): (usize, &Statement)| {
            let band = |of: &Self| of.agreed.get(at).copied().flatten().and_then(shown);
            let shown = band(self);
            let then = earlier.and_then(band);
            let figure = statement.in_2017().filter(|_| staff);
            let beside = shown.zip(figure).map(|(one, figure)| (said::read(&one, figure), one.tipping_n(figure)));
            let asked_before = earlier.is_some_and(|earlier| at < earlier.agreed.len());
            let earlier = shown.zip(then).map(|(now, then)| said::compare(&then, &now));
            Line { statement: *statement, shown, beside, earlier, asked_before }
        };
        // As many as this survey asked: an earlier one asked the first five.
        Statement::ALL.iter().take(self.agreed.len()).enumerate().map(line).collect()
    }

    /// The factors by their bands, those chosen most first; by name within a band.
    pub fn factors(&self) -> Vec<(Factor, Band)> {
        let known = self.factors.iter().filter_map(|(code, band)| Some((Factor::from_code(code)?, *band)));
        let mut all: Vec<(Factor, Band)> = known.collect();
        all.sort_by(|(one, own), (other, theirs)| theirs.low.cmp(&own.low).then(one.words().cmp(other.words())));
        all
    }

    /// How many of the five of 2017 are among our first five, at least and at most (R-SUR-7).
    pub fn among_ours(&self) -> Option<(usize, usize)> {
        let factors = self.factors();
        let of = |(factor, band): &(Factor, Band)| said::Factor { of_2017: factor.of_2017(), band: *band };
        said::among_ours(&factors.iter().map(of).collect::<Vec<_>>()).ok()
    }

    /// How many of those asked answered, in tenths of a per cent (R-SUR-8); none where they are not shown, or where more say that
    /// they are of this side than are.
    pub fn rate(&self) -> Option<u64> {
        let whole = |number: u64| i64::try_from(number).ok();
        let returns =
            said::Returns { phase: self.side.clone(), sent: whole(self.asked)?, returned: whole(self.returned?)? };
        said::rate(&[returns]).ok().map(|rate| rate.per_mille)
    }
}

/// Reads what was released, if it is what was written then.
pub(crate) fn read(released: &Released) -> Result<Release, Fault> {
    if digest_bytes(released.text.as_bytes()) != released.digest {
        return Err(Fault::Unreadable("release of a survey"));
    }
    serde_json::from_str(&released.text).map_err(|_| Fault::Unreadable("release of a survey"))
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn group(counted: &Counted, statement: &str) -> Group {
    let times = |choices: &[Choice]| -> u64 {
        let of = counted.statements.iter().filter(|(key, choice, _)| key == statement && choices.contains(choice));
        of.map(|(_, _, times)| whole(*times)).sum()
    };
    let agreed = times(&[Choice::Agree, Choice::StronglyAgree]);
    let answered = agreed + times(&[Choice::Neither, Choice::Disagree, Choice::StronglyDisagree]);
    Group { agreed, answered, said: answered + times(&[Choice::CannotSay]) }
}

/// What may be shown of one side: each side is a population of its own (R-SUR-3).
fn of_side(counted: &Counted, (asked, statements): (u64, Asked)) -> OfSide {
    let sent = whole(counted.sent);
    let returned = Some(sent).filter(|sent| *sent >= FEWEST);
    let band = |statement: &&str| {
        let outcome = said::publish(&group(counted, statement), None);
        outcome.ok().and_then(Result::ok).map(|shown| shown.band).filter(|_| returned.is_some())
    };
    let factor =
        |(factor, times): &(Factor, i64)| Some((factor.code().to_owned(), Band::around(whole(*times), returned?)?));
    OfSide {
        side: counted.side.code().to_owned(),
        asked,
        returned,
        agreed: statements.statements().iter().map(band).collect(),
        factors: counted.factors.iter().filter_map(factor).collect(),
    }
}

fn written(
    survey: &Survey,
    counted: &[Counted],
    (staff, practitioners): (i64, i64),
    (before, model): (&str, Model),
) -> Release {
    let asked = |side: Side| match side {
        Side::Staff => whole(staff),
        Side::Practitioner => whole(practitioners),
    };
    Release {
        year: survey.year,
        first: survey.first.to_string(),
        last: survey.last.to_string(),
        title: survey.title.clone(),
        before: before.to_owned(),
        model: Some(model.code().to_owned()),
        sides: counted.iter().map(|one| of_side(one, (asked(one.side), survey.asked))).collect(),
    }
}

/// Releases each survey that is over and has no release: its key is destroyed, what may be shown is written down once, and what was
/// answered is deleted (R-SUR-13). Says whether there was one.
///
/// # Errors
/// A fault of the database.
pub async fn keep(desk: &Desk) -> Result<bool, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<ReleaseSurvey>(&Actor::Job(Job::Tidy), programme, &())?;
    let (read, today) = (desk.read(), desk.today());
    let done: Vec<i64> = survey::released(&read, &permit).await?.iter().map(|one| one.year).collect();
    let over = survey::all(&read, &permit).await?;
    let mut over = over.into_iter().filter(|one| one.is_over(today) && !done.contains(&i64::from(one.year)));
    let Some(one) = over.next_back() else { return Ok(false) };
    // Nobody can answer any more, so it is needed for nothing, whatever happens below.
    desk.house.store.keyring().forget_survey(desk.institution(), one.id)?;
    let db = desk.write().await?;
    let counted = survey::counted(&db, &permit, one.id).await?;
    let frame = survey::frame(&db, &permit).await?;
    let before = survey::released(&db, &permit).await?.into_iter().next().map(|one| one.digest);
    let release = written(&one, &counted, frame, (&before.unwrap_or_default(), programme.model));
    let text = serde_json::to_string(&release).map_err(|_| Fault::Unreadable("release of a survey"))?;
    survey::release(&db, &permit, (one.id, &text, &digest_bytes(text.as_bytes()))).await?;
    events::record(&db, &permit, desk.stamp(), &one.year.to_string()).await?;
    db.commit().await?;
    Ok(true)
}

#[cfg(test)]
#[path = "survey_release_tests.rs"]
mod tests;
