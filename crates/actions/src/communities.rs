//! Communities of practice: the grid, the register of needs, and what the lead sets. Rules R-SES-1 to R-SES-4.

use std::collections::BTreeMap;

use domain::frame::SetBy;
use domain::ids::{AreaId, NeedId, PersonId, ThemeId};
use domain::period::Term;
use domain::support::Party;
use domain::text::one_line;
use domain::training::{Dots, LEASTS, LONGEST_TITLE, Side, Source, TrainingRefused, practitioner_of, shown_from};
use policies::acts::{
    AgreeNeed, EnterNeed, PlanTraining, RemoveNeed, SeeDirectory, SeeTrainings, SetCommunities, SuggestTheme,
};
use policies::facts::{CommunityFacts, PersonFacts};
use store::communities::{self, NewNeed};
pub use store::communities::{Community, Need};
use store::directory::{self, Theme};
pub use store::trainings::Training;
use store::{Db, events, facts, trainings};

use crate::board::instants;
use crate::desk::{Desk, Never, Stop};

/// A community on the grid.
#[derive(Debug)]
pub struct Line {
    /// Whose, and who looks after the area.
    pub community: Community,
    /// The community's practitioner.
    pub practitioner: Option<(PersonId, String)>,
    /// For each term of the year its sessions.
    pub dots: Vec<Dots>,
    /// What was agreed between whoever leads the area and its practitioner, in the latest term that has something.
    pub theme: Option<String>,
}

/// The communities of the college in an academic year.
#[derive(Debug)]
pub struct Grid {
    /// The year's terms.
    pub terms: Vec<Term>,
    /// One line an area.
    pub lines: Vec<Line>,
    /// How many sessions a term there are at least.
    pub least: i64,
}

fn line(community: Community, (all, needs): (&[Vec<Training>], &[Need]), least: i64) -> Line {
    let looks_after: Vec<PersonId> = community.looked_after.iter().map(|(person, _)| *person).collect();
    let found = practitioner_of(community.named, &looks_after);
    let practitioner = community.looked_after.iter().find(|(person, _)| Some(*person) == found).cloned();
    let own = |term: &Vec<Training>| {
        let states = term.iter().filter(|one| one.planned.areas.contains(&community.area)).map(|one| one.state);
        Dots::of(states, least)
    };
    let dots = all.iter().map(own).collect();
    let agreed = |need: &&Need| need.area == community.area && need.source == Source::View && need.agreed;
    // The register has the latest term first.
    let latest = needs.iter().find(agreed).map(|need| need.term);
    let themes: Vec<&str> =
        needs.iter().filter(agreed).filter(|need| Some(need.term) == latest).map(need_words).collect();
    let theme = (!themes.is_empty()).then(|| themes.join("; "));
    Line { community, practitioner, dots, theme }
}

/// A need in the words of whoever entered it, or else its theme.
pub fn need_words(need: &Need) -> &str {
    if need.title.is_empty() { &need.theme_name } else { &need.title }
}

/// The grid (R-SES-2): it counts sessions, never people.
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn grid(desk: &Desk, who: &PersonFacts) -> Result<Grid, Stop<Never>> {
    let permit = desk.permit::<SeeTrainings>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let terms: Vec<Term> = desk.frame.calendar.terms_of_year(desk.today()).into_iter().cloned().collect();
    let least = communities::least(&db, &permit).await?;
    let needs = communities::needs(&db, &permit, desk.today()).await?;
    let mut all = Vec::new();
    for term in &terms {
        all.push(trainings::between(&db, &permit, instants(desk, term)?).await?);
    }
    let lines = communities::all(&db, &permit).await?;
    let lines = lines.into_iter().map(|community| line(community, (&all, &needs), least)).collect();
    Ok(Grid { terms, lines, least })
}

/// An area's community, as somebody sees it.
#[derive(Debug)]
pub struct Page {
    /// Its line on the grid.
    pub line: Line,
    /// The year's terms.
    pub terms: Vec<Term>,
    /// Its sessions of the year, in order of time.
    pub trainings: Vec<Training>,
    /// Its register, the latest term first.
    pub needs: Vec<Need>,
    /// Themes that are priorities of the college, with who set each.
    pub priorities: Vec<(Theme, Option<SetBy>)>,
    /// Themes to choose from.
    pub themes: Vec<Theme>,
    /// Whether whoever looks may enter needs and take them out.
    pub may_enter: bool,
    /// On which sides of an agreement they stand.
    pub sides: Vec<Side>,
    /// Whether they may set what the lead sets.
    pub may_set: bool,
    /// Whether they may plan sessions of their own.
    pub may_plan: bool,
}

/// Looks at an area's community.
///
/// # Errors
/// Denied for anybody outside the institution, and for an area that is not there.
pub async fn see(desk: &Desk, who: &PersonFacts, area: AreaId) -> Result<Page, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeTrainings>(who, programme, &())?;
    let directory = desk.permit::<SeeDirectory>(who, programme, &())?;
    let db = desk.read();
    let facts = facts::community(&db, desk.institution(), area).await?.ok_or(Stop::Denied)?;
    let grid = grid(desk, who).await?;
    let line = grid.lines.into_iter().find(|line| line.community.area == area).ok_or(Stop::Denied)?;
    let mut own = Vec::new();
    for term in &grid.terms {
        own.extend(trainings::between(&db, &permit, instants(desk, term)?).await?);
    }
    own.retain(|one| one.planned.areas.contains(&area));
    let mut needs = communities::needs(&db, &permit, desk.today()).await?;
    needs.retain(|need| need.area == area);
    Ok(Page {
        line,
        terms: grid.terms,
        trainings: own,
        needs,
        priorities: store::communities::priorities(&db, &permit).await?,
        themes: directory::themes(&db, &directory).await?,
        may_enter: desk.permit::<EnterNeed>(who, &facts, &()).is_ok(),
        sides: sides(&facts, who.id),
        may_set: desk.permit::<SetCommunities>(who, programme, &()).is_ok(),
        may_plan: desk.permit::<PlanTraining>(who, programme, who).is_ok(),
    })
}

/// The sides of an agreement on which somebody stands: with both they agree to nothing (R-SES-3).
fn sides(facts: &CommunityFacts, who: PersonId) -> Vec<Side> {
    let practitioner = facts.practitioners.contains(&who).then_some(Side::Practitioner);
    practitioner.into_iter().chain(facts.heads.contains(&who).then_some(Side::Head)).collect()
}

/// Whether somebody on these sides may agree to what was entered on that one.
pub fn may_agree(sides: &[Side], entered: Side) -> bool {
    !sides.is_empty() && !sides.contains(&entered)
}

/// A need as a form gives it.
#[derive(Debug, Clone, Default)]
pub struct Entered {
    /// What it is about; `None` when nothing was chosen.
    pub theme: Option<ThemeId>,
    /// In words.
    pub title: String,
    /// Where it comes from.
    pub source: Option<Source>,
}

async fn known_theme(
    desk: &Desk,
    db: &Db,
    me: &PersonFacts,
    theme: Option<ThemeId>,
) -> Result<ThemeId, Stop<TrainingRefused>> {
    let seen = desk.permit::<SeeDirectory>(me, &desk.frame.programme.facts, &())?;
    let known = directory::themes(db, &seen).await?;
    let theme = theme.filter(|theme| known.iter().any(|one| one.id == *theme));
    theme.ok_or(Stop::Refused(TrainingRefused::Theme))
}

fn term(desk: &Desk) -> Result<&Term, Stop<TrainingRefused>> {
    desk.frame.calendar.term_or_next(desk.today()).ok_or(Stop::Refused(TrainingRefused::NotInTerm))
}

/// Enters a need of an area for this term (R-SES-3).
///
/// # Errors
/// A rule that says no; denied for anybody but the area's practitioners, who leads it, and the programme lead.
pub async fn enter(desk: &Desk, who: PersonId, (area, new): (AreaId, &Entered)) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::community(&db, desk.institution(), area).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<EnterNeed>(&me, &facts, &())?;
    let theme = known_theme(desk, &db, &me, new.theme).await?;
    let side = sides(&facts, who).first().copied().unwrap_or(Side::Lead);
    let source = new.source.filter(|source| *source != Source::Staff).ok_or(Stop::Refused(TrainingRefused::Source))?;
    if source == Source::View && side == Side::Lead {
        return Err(Stop::Refused(TrainingRefused::Source));
    }
    let title = one_line(&new.title);
    if title.chars().count() > LONGEST_TITLE {
        return Err(Stop::Refused(TrainingRefused::Title));
    }
    let term = term(desk)?.starts;
    let need = NewNeed { id: desk.ids().fresh(), theme, title: &title, source, term, shown: desk.today() };
    if !communities::enter(&db, &permit, &need, side).await? {
        return Err(Stop::Refused(TrainingRefused::Known));
    }
    events::record(&db, &permit, desk.stamp(), &area.to_string()).await?;
    Ok(db.commit().await?)
}

/// Agrees to a need that the other side entered (R-SES-3).
///
/// # Errors
/// A rule that says no; denied for anybody but the area's practitioners and who leads it.
pub async fn agree(desk: &Desk, who: PersonId, (area, need): (AreaId, NeedId)) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::community(&db, desk.institution(), area).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<AgreeNeed>(&me, &facts, &())?;
    let entered = communities::to_agree(&db, &permit, need).await?.ok_or(Stop::Denied)?;
    if !may_agree(&sides(&facts, who), entered) {
        return Err(Stop::Refused(TrainingRefused::NotYours));
    }
    communities::agree(&db, &permit, need).await?;
    events::record(&db, &permit, desk.stamp(), &need.to_string()).await?;
    Ok(db.commit().await?)
}

/// Takes a need out of the register; a suggestion stays (R-SES-3).
///
/// # Errors
/// Denied for anybody but those who enter needs, and for one that is not there.
pub async fn remove(desk: &Desk, who: PersonId, (area, need): (AreaId, NeedId)) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::community(&db, desk.institution(), area).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<RemoveNeed>(&me, &facts, &())?;
    if !communities::remove(&db, &permit, need).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), &need.to_string()).await?;
    Ok(db.commit().await?)
}

/// Suggests a theme for an area. Neither the register nor the event says who (R-SES-4).
///
/// # Errors
/// A rule that says no; denied for anybody outside the institution, and for an area that is not there.
pub async fn suggest(
    desk: &Desk,
    who: PersonId,
    (area, theme): (AreaId, Option<ThemeId>),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SuggestTheme>(&me, &desk.frame.programme.facts, &())?;
    facts::community(&db, desk.institution(), area).await?.ok_or(Stop::Denied)?;
    let theme = known_theme(desk, &db, &me, theme).await?;
    let term = term(desk)?.starts;
    let shown = shown_from(desk.today());
    let need = NewNeed { id: desk.ids().fresh(), theme, title: "", source: Source::Staff, term, shown };
    communities::suggest(&db, &permit, area, &need).await?;
    // By the day, and without a person.
    events::in_thread(&db, &permit, desk.stamp(), (None, Party::Teacher)).await?;
    Ok(db.commit().await?)
}

/// Sets how many sessions a term there are at least, and names practitioners where several look after an area (R-SES-1).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set(
    desk: &Desk,
    who: PersonId,
    (least, named): (Option<i64>, &BTreeMap<AreaId, PersonId>),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetCommunities>(&me, &desk.frame.programme.facts, &())?;
    let least = least.filter(|least| LEASTS.contains(least)).ok_or(Stop::Refused(TrainingRefused::Least))?;
    communities::set_least(&db, &permit, least).await?;
    for (area, person) in named {
        let facts = facts::community(&db, desk.institution(), *area).await?;
        // Whoever does not look after the area is not its practitioner.
        if facts.is_some_and(|facts| facts.practitioners.contains(person)) {
            communities::name(&db, &permit, (*area, *person)).await?;
        }
    }
    events::record(&db, &permit, desk.stamp(), &least.to_string()).await?;
    Ok(db.commit().await?)
}
