//! Starting the next year: all of it or nothing, once, by the date alone; and what was agreed before stays readable.

use actions::desk::Desk;
use actions::frame::{self, Agreement};
use actions::new_year::{self, At, NewYear, StartRefused, Wanted};
use actions::past_years::{self, OneYear, When};
use actions::{board, hours, person, planner, year};
use domain::board::Alert;
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::new_year::{Part, Wish, Written};
use domain::remission::{Amount, Unit};
use domain::year::Year;
use jiff::civil::{Date, date};

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

/// Hours from the college's first day to a day of July, and to days of September and October, of the next year.
const JULY: i64 = 24 * 226;
const SEPTEMBER: i64 = 24 * 286;
const OCTOBER: i64 = 24 * 320;

async fn found(college: &College, desk: &Desk) -> NewYear {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    new_year::see(desk, &helen).await.expect("seen").expect("a next year")
}

/// What the page proposes, sent as it is.
async fn proposed(college: &College, desk: &Desk, once: &str) -> Wanted {
    let found = found(college, desk).await;
    let each = found.each.iter().map(|one| Wish {
        person: one.given.person,
        amount: one.agreed.map_or(Written::Nothing, |agreed| Written::Amount(agreed.amount)),
        unit: one.agreed.map_or(Unit::HoursAYear, |agreed| agreed.unit),
        stops: Some(one.given.until),
        areas: one.areas.clone(),
    });
    Wanted {
        number: found.coming.next.number(),
        year: Some(found.coming.next.clone()),
        each: each.collect(),
        chart: true,
        version: found.version.clone(),
        once: once.to_owned(),
    }
}

fn of(wanted: &mut Wanted, person: PersonId) -> &mut Wish {
    wanted.each.iter_mut().find(|wish| wish.person == person).expect("listed")
}

fn hours_of(text: &str) -> Written {
    Written::Amount(Amount::read(text).expect("a number"))
}

async fn years(college: &College, desk: &Desk) -> Vec<OneYear> {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    past_years::see(desk, &helen).await.expect("seen")
}

async fn remitted(college: &College, desk: &Desk, who: PersonId) -> Minutes {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let frame = frame::see(desk, &helen).await.expect("seen");
    frame.given.iter().find(|given| given.person == who).map_or(Minutes(0), |given| given.remitted)
}

/// R-NEW-1, R-NEW-2, R-NEW-3, R-NEW-4, R-NEW-7
#[tokio::test]
async fn a_year_that_is_refused_or_denied_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.later(JULY);
    let (helen, priya) = (cast.helen, cast.priya);
    let good = proposed(&college, &desk, "one").await;
    let still = Still::of(&college);
    for who in cast.all().into_iter().filter(|who| *who != helen) {
        still.stays("not the lead", "denied", new_year::start(&desk, who, &good)).await;
        assert_eq!(told(&new_year::see(&desk, &college.facts(who).await).await), "denied");
        assert_eq!(told(&past_years::see(&desk, &college.facts(who).await).await), "denied");
    }
    let early = college.desk();
    let too_early = proposed(&college, &early, "early").await;
    still.stays("in November", "denied", new_year::start(&early, helen, &too_early)).await;
    let but = |change: &dyn Fn(&mut Wanted)| {
        let mut wanted = good.clone();
        change(&mut wanted);
        wanted
    };
    for (what, wanted, at) in [
        ("no year", but(&|one| one.year = None), None),
        (
            "over another",
            but(&|one| one.year = Some(Year { starts: date(2027, 8, 1), ..Year::usual(2027) })),
            Some(At::Year(domain::year::Part::Starts)),
        ),
        ("another year", but(&|one| one.year = Some(Year::usual(2028))), Some(At::Year(domain::year::Part::Starts))),
        ("empty", but(&|one| of(one, priya).amount = Written::Nothing), Some(At::Person(priya, Part::Amount))),
        (
            "beyond full time",
            but(&|one| of(one, priya).amount = hours_of("774")),
            Some(At::Person(priya, Part::Amount)),
        ),
        (
            "yesterday",
            but(&|one| of(one, priya).stops = Some(Some(date(2027, 7, 7)))),
            Some(At::Person(priya, Part::Stops)),
        ),
        ("the chart", but(&|one| one.chart = false), Some(At::Chart)),
    ] {
        let result = new_year::start(&desk, helen, &wanted).await;
        let Err(actions::Stop::Refused(StartRefused::Wrong(wrong))) = &result else { panic!("{what}: {result:?}") };
        assert_eq!(wrong.first().map(|(at, _)| *at), at, "{what}: {wrong:?}");
        still.stays(what, "refused", async { result }).await;
    }
    let stale = but(&|one| one.version = "old".to_owned());
    still.stays("a page that is out of date", "refused", new_year::start(&desk, helen, &stale)).await;
    let missing = but(&|one| drop(one.each.pop()));
    still.stays("without somebody", "refused", new_year::start(&desk, helen, &missing)).await;
}

/// R-NEW-3, R-NEW-5, R-NEW-6
#[tokio::test]
async fn a_year_that_is_started_counts_from_its_day_and_not_before() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.later(JULY);
    let mut wanted = proposed(&college, &desk, "one").await;
    of(&mut wanted, cast.priya).amount = hours_of("0.25");
    of(&mut wanted, cast.priya).unit = Unit::Fte;
    of(&mut wanted, cast.tom).stops = Some(Some(date(2027, 9, 1)));
    new_year::start(&desk, cast.helen, &wanted).await.expect("started");
    let stood = college.tables();
    new_year::start(&desk, cast.helen, &wanted).await.expect("sent twice");
    assert_eq!(college.tables(), stood, "started once");

    let priya = college.facts(cast.priya).await;
    assert_eq!(remitted(&college, &desk, cast.priya).await, Minutes::hours(150), "this year goes on");
    let (_, term) = hours::own_term(&desk, &priya).await.expect("own");
    assert!(term.plan > Minutes::hours(60), "the autumn term is one of the year that is set: {}", term.plan);
    let helen = college.facts(cast.helen).await;
    let next = planner::see(&desk, &helen, true).await.expect("a planner");
    let given = |name: &str| next.rows.iter().find(|row| row.name == name).map(|row| row.load.given);
    assert_eq!(given("Priya Nair"), Some(Minutes(773 * 15)));
    let seen = found(&college, &desk).await;
    assert!(seen.started.as_ref().is_some_and(|one| one.by == "Helen Marsh" && !one.done));
    assert_eq!(seen.bare, Vec::<String>::new(), "Priya looks after the area too");

    let then = college.later(SEPTEMBER);
    assert!(person::keep_dates(&then).await.expect("kept"));
    assert!(!person::keep_dates(&then).await.expect("kept"), "once");
    assert_eq!(remitted(&college, &then, cast.priya).await, Minutes(773 * 15));
    assert_eq!(remitted(&college, &then, cast.tom).await, Minutes(0), "he gave the role up");
    let all = years(&college, &then).await;
    let last = all.iter().find(|one| one.when == When::Over).expect("last year");
    let tom = last.people.iter().find(|one| one.name == "Tom Birch").expect("he was there");
    assert_eq!(
        (tom.remitted, tom.areas.as_slice()),
        (Some(Minutes::hours(150)), ["Health & Care".to_owned()].as_slice())
    );
    let agreed = Agreement {
        amount: Amount::read("99"),
        unit: Some(Unit::HoursAYear),
        caseload: Some(Minutes::hours(773)),
        nominated: Vec::new(),
    };
    frame::set_remission(&then, cast.helen, (cast.priya, &agreed)).await.expect("changed");
    let again = years(&college, &then).await;
    let of_last = |all: &[OneYear]| all.iter().find(|one| one.when == When::Over).map(|one| one.people.clone());
    assert_eq!(of_last(&again), of_last(&all), "what changes now changes nothing then");
    let own = past_years::own(&then, &college.facts(cast.priya).await, (2026, 0)).await.expect("her own");
    assert_eq!(own.remitted, Some(Minutes::hours(150)));
    assert_eq!(told(&past_years::own(&then, &college.facts(cast.priya).await, (2027, 0)).await), "denied", "not over");
    assert_eq!(told(&past_years::own(&then, &college.facts(cast.sam).await, (2026, 0)).await), "denied", "a teacher");
}

/// R-NEW-7
#[tokio::test]
async fn of_two_leads_the_second_reads_that_it_is_done_and_can_change_it_until_its_day() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.later(JULY);
    let (first, second) = (proposed(&college, &desk, "one").await, proposed(&college, &desk, "two").await);
    new_year::start(&desk, cast.helen, &first).await.expect("started");
    let result = new_year::start(&desk, cast.helen, &second).await;
    let Err(actions::Stop::Refused(refused)) = result else { panic!("{result:?}") };
    assert_eq!(refused, StartRefused::Meanwhile("Helen Marsh".to_owned()));
    let mut changed = proposed(&college, &desk, "three").await;
    of(&mut changed, cast.tom).stops = Some(Some(date(2027, 12, 18)));
    of(&mut changed, cast.priya).areas.clear();
    of(&mut changed, cast.tom).areas.clear();
    new_year::start(&desk, cast.helen, &changed).await.expect("changed");
    let seen = found(&college, &desk).await;
    let until =
        |seen: &NewYear| seen.each.iter().find(|one| one.given.person == cast.tom).and_then(|one| one.given.until);
    assert_eq!((until(&seen), seen.bare), (Some(date(2027, 12, 18)), vec!["Health & Care".to_owned()]));
    let mut stays = proposed(&college, &desk, "four").await;
    of(&mut stays, cast.tom).stops = Some(None);
    new_year::start(&desk, cast.helen, &stays).await.expect("he stays after all");
    assert_eq!(until(&found(&college, &desk).await), None);
}

/// R-NEW-1, R-NEW-5, R-NEW-6
#[tokio::test]
async fn a_year_that_nobody_starts_is_told_keeps_the_last_one_and_can_be_started_late() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let helen = college.facts(cast.helen).await;
    let tells = async |desk: &Desk| {
        let all = board::see(desk, &helen).await.expect("a board").alerts;
        all.into_iter().find_map(|one| if let Alert::NewYear { has_begun, .. } = one { Some(has_begun) } else { None })
    };
    assert_eq!(tells(&college.desk()).await, None);
    assert_eq!(tells(&college.later(JULY)).await, Some(false));
    let then = college.later(SEPTEMBER);
    assert!(person::keep_dates(&then).await.expect("kept"), "last year is kept though nobody started the next");
    assert_eq!(tells(&then).await, Some(true));
    assert_eq!(remitted(&college, &then, cast.priya).await, Minutes::hours(150), "it goes on");
    let late = college.later(OCTOBER);
    let mut wanted = proposed(&college, &late, "late").await;
    of(&mut wanted, cast.priya).amount = hours_of("200");
    new_year::start(&late, cast.helen, &wanted).await.expect("started");
    assert_eq!(remitted(&college, &late, cast.priya).await, Minutes::hours(200), "at once");
    assert_eq!(tells(&late).await, None);
    let all = years(&college, &late).await;
    let last = all.iter().find(|one| one.when == When::Over).expect("last year");
    assert!(last.is_known && last.people.iter().all(|one| one.remitted == Some(Minutes::hours(150))));
    let second = new_year::start(&late, cast.helen, &Wanted { once: "other".to_owned(), ..wanted }).await;
    assert!(matches!(second, Err(actions::Stop::Refused(StartRefused::Meanwhile(_)))), "{second:?}");
}

/// R-NEW-2
#[tokio::test]
async fn terms_that_are_changed_with_the_year_replace_those_written_down() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.later(JULY);
    let mut wanted = proposed(&college, &desk, "one").await;
    let mut year_of = wanted.year.clone().expect("a year");
    year_of.terms[0].starts = Date::constant(2027, 9, 13);
    wanted.year = Some(year_of.clone());
    new_year::start(&desk, cast.helen, &wanted).await.expect("started");
    let desk = college.later(JULY);
    let helen = college.facts(cast.helen).await;
    let all = year::see(&desk, &helen).await.expect("years").all;
    assert_eq!((all.len(), all.last()), (2, Some(&year_of)));
}

/// R-NEW-9
#[tokio::test]
async fn a_new_year_changes_nothing_between_two_colleagues_and_says_nothing_of_them() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.later(JULY);
    let without = format!("{:?}", found(&college, &desk).await);
    college.ask(cast.sam, cast.tom).await;
    assert_eq!(format!("{:?}", found(&college, &desk).await), without, "the page knows nothing of it");
    let between = || {
        let mut tables = college.tables();
        let ours = ["thread", "offer", "meeting", "participant", "sealed", "entry", "notice", "induction"];
        tables.retain(|name, _| name != "audit_entry" && ours.iter().any(|part| name.contains(part)));
        tables
    };
    let stood = between();
    let mut wanted = proposed(&college, &desk, "one").await;
    of(&mut wanted, cast.tom).stops = Some(Some(date(2027, 9, 1)));
    new_year::start(&desk, cast.helen, &wanted).await.expect("started");
    assert!(person::keep_dates(&college.later(SEPTEMBER)).await.expect("kept"));
    assert_eq!(between(), stood);
    assert!(stood.values().any(|rows| !rows.is_empty()));
}

/// The act with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let helen = college.who("Helen Marsh").await;
    let desk = college.later(JULY);
    let wanted = proposed(college, &desk, "story").await;
    let start = async || new_year::start(&desk, helen, &wanted).await;
    story.tell("new_year::start", &[("StartYear", By::Person(helen))], start).await;
}
