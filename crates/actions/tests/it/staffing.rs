//! Keeping people's places and the frame by hand: what is refused leaves nothing, what is done goes the same way whether
//! or not somebody asked for support, and what was planned happens on its day.

use actions::frame::{Agreement, Priority};
use actions::person::{AreaChange, LineChange, NewPerson, Typed};
use actions::support::Why;
use actions::{frame, person, support, threads};
use domain::frame::SetBy;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::people::{Role, Roles};
use domain::relations::Strand;
use domain::remission::{Amount, Base, Unit};
use domain::support::Party;
use jiff::civil::Date;

use crate::apart::{apart_from_support, two};
use crate::college::{College, now, told};
use crate::refusals::{Cast, Still};

/// R-PPL-2, R-PPL-3, R-PPL-7, R-PPL-8
#[tokio::test]
async fn places_among_the_staff_that_are_denied_or_refused_leave_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    let today = Some(desk.today());
    let roles: Roles = [Role::Teacher, Role::ProgrammeLead].into_iter().collect();
    let line = |to| LineChange::Manager(Some(to));
    for who in cast.all().into_iter().filter(|who| *who != cast.marek) {
        still.stays("a line", "denied", person::change_line(&desk, who, (cast.uma, line(cast.sam), today))).await;
        still.stays("roles", "denied", person::change_roles(&desk, who, (cast.uma, roles, today))).await;
        still.stays("adding", "denied", person::add(&desk, who, &NewPerson::default())).await;
    }
    let marek = cast.marek;
    still.stays("own roles", "denied", person::change_roles(&desk, marek, (marek, roles, today))).await;
    still.stays("own manager", "refused", person::change_line(&desk, marek, (cast.uma, line(cast.uma), today))).await;
    still.stays("by own hand", "refused", person::change_line(&desk, marek, (cast.uma, line(marek), today))).await;
    let own = NewPerson { manager: Some(marek), from: today, roles, ..NewPerson::default() };
    still.stays("a new one by own hand", "refused", person::add(&desk, marek, &own)).await;
    still.stays("a circle", "refused", person::change_line(&desk, marek, (cast.ann, line(cast.sam), today))).await;
    still.stays("as it is", "refused", person::change_line(&desk, marek, (cast.sam, line(cast.ann), today))).await;
    let far: Option<Date> = "2036-01-01".parse().ok();
    still.stays("too far", "refused", person::change_line(&desk, marek, (cast.sam, line(cast.uma), far))).await;
    still.stays("no day", "refused", person::switch(&desk, marek, (cast.sam, false, None))).await;
    still.stays("no role", "refused", person::change_roles(&desk, marek, (cast.sam, Roles::NONE, today))).await;
    still.stays("nobody's name", "refused", person::add(&desk, marek, &NewPerson::default())).await;
    let email = "sam.okafor@college.example".to_owned();
    let taken = Typed { name: "Another Sam".to_owned(), email, ..Typed::default() };
    still.stays("an address that is taken", "refused", person::edit(&desk, marek, (cast.uma, &taken))).await;
    let planned = (cast.sam, Strand::Manager, desk.today());
    still.stays("nothing planned", "refused", person::cancel(&desk, marek, planned)).await;
    assert_eq!(still.tried.get(), 30);
}

/// R-FRM-1, R-FRM-3, R-FRM-5, R-FRM-6, R-FRM-8, R-FRM-9
#[tokio::test]
async fn a_frame_that_is_denied_or_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    let (today, base) = (Some(desk.today()), Base::default());
    let agreed = |amount: &str| Agreement {
        amount: Amount::read(amount),
        unit: Some(Unit::Fte),
        caseload: Some(Minutes::hours(773)),
        nominated: Vec::new(),
    };
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("publishing", "denied", frame::publish(&desk, who, "Text")).await;
        still.stays("naming", "denied", frame::appoint(&desk, who, (cast.uma, today))).await;
        still.stays("giving", "denied", frame::set_remission(&desk, who, (cast.tom, &agreed("0.2")))).await;
    }
    let helen = cast.helen;
    still.stays("nothing written", "refused", frame::publish(&desk, helen, " ")).await;
    still.stays("no weeks", "refused", frame::set(&desk, helen, (Base { weeks: 0, ..base }, None))).await;
    still.stays("a floor too high", "refused", frame::set(&desk, helen, (base, Some(Minutes::hours(900))))).await;
    still.stays("vague", "refused", frame::set_remission(&desk, helen, (cast.tom, &agreed("")))).await;
    still.stays("nothing", "refused", frame::set_remission(&desk, helen, (cast.tom, &agreed("0")))).await;
    still.stays("too much", "refused", frame::set_remission(&desk, helen, (cast.tom, &agreed("1.1")))).await;
    still.stays("to a teacher", "denied", frame::set_remission(&desk, helen, (cast.sam, &agreed("0.2")))).await;
    still.stays("one who is", "refused", frame::appoint(&desk, helen, (cast.tom, today))).await;
    still.stays("one who is not", "refused", frame::stand_down(&desk, helen, (cast.sam, today))).await;
    let priority = [Priority { theme: college.theme().await, set_by: None, leads: vec![cast.sam] }];
    still.stays("a teacher's lead", "refused", frame::set_priorities(&desk, helen, &priority)).await;
    assert_eq!(still.tried.get(), 28);
}

/// R-PPL-8: every kind of change, made the same way in two colleges of which one has a request.
#[tokio::test]
async fn every_change_by_hand_goes_the_same_way_with_and_without_a_request() {
    let colleges = two().await;
    let roles: Roles = [Role::Teacher].into_iter().collect();
    let mut said = Vec::new();
    for college in &colleges {
        let cast = Cast::of(college).await;
        let (desk, marek) = (college.desk(), cast.marek);
        let (today, soon) = (Some(desk.today()), "2026-12-07".parse::<Date>().ok());
        let seen = person::see(&desk, &college.facts(marek).await, cast.sam).await.expect("a page");
        let area = AreaChange::Main(seen.places.areas.last().map(|(id, _)| *id));
        let to = |whom| LineChange::Manager(Some(whom));
        let mut one = vec![format!("{seen:?}")];
        one.push(told(&person::change_areas(&desk, marek, (cast.sam, area, soon)).await).to_owned());
        one.push(told(&person::change_line(&desk, marek, (cast.sam, to(cast.priya), today)).await).to_owned());
        one.push(told(&person::change_line(&desk, marek, (cast.sam, to(cast.ann), today)).await).to_owned());
        one.push(told(&person::change_line(&desk, marek, (cast.sam, to(cast.sam), today)).await).to_owned());
        one.push(told(&person::change_roles(&desk, marek, (cast.priya, roles, soon)).await).to_owned());
        one.push(told(&person::switch(&desk, marek, (cast.sam, false, soon)).await).to_owned());
        let strand = (cast.sam, Strand::Account, soon.expect("a day"));
        one.push(told(&person::cancel(&desk, marek, strand).await).to_owned());
        one.push(told(&frame::stand_down(&desk, cast.helen, (cast.tom, today)).await).to_owned());
        one.push(told(&person::keep_dates(&college.later(24 * 14)).await).to_owned());
        let seen = person::see(&desk, &college.facts(marek).await, cast.priya).await.expect("a page");
        one.push(format!("{seen:?}"));
        let frame = frame::see(&desk, &college.facts(cast.helen).await).await.expect("a frame");
        one.push(format!("{frame:?}"));
        said.push(one);
    }
    assert_eq!(said[0], said[1]);
    assert_eq!(apart_from_support(&colleges[0].tables()), apart_from_support(&colleges[1].tables()));
}

/// R-SUP-2, R-FRM-9.
#[tokio::test]
async fn when_a_practitioner_gives_the_role_up_the_two_are_told_and_nothing_more_is_agreed() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let thread = college.ask(cast.sam, cast.priya).await;
    frame::stand_down(&college.desk(), cast.helen, (cast.priya, Some(college.desk().today())))
        .await
        .expect("stood down");
    for (who, party) in [(cast.sam, Party::Teacher), (cast.priya, Party::Practitioner)] {
        let seen = college.see(who, thread).await;
        assert_eq!((seen.party, seen.other_reachable), (party, false));
    }
    let from = college.from(cast.priya, thread).await;
    let offered = threads::offer(
        &college.desk(),
        from,
        (&[crate::college::slot("2026-11-26T10:00:00Z", 60)], OfferFor::More(Form::Talk)),
    )
    .await;
    assert_eq!(told(&offered), "refused");
    let own = support::own(&college.desk(), &college.facts(cast.priya).await).await.expect("a list");
    assert_eq!(own.given_up.iter().map(|line| line.thread).collect::<Vec<_>>(), [thread]);
    let others = support::own(&college.desk(), &college.facts(cast.tom).await).await.expect("a list");
    assert!(others.given_up.is_empty());
    let found = support::suggest(&college.desk(), &college.facts(cast.sam).await, &[]).await.expect("a list");
    assert_eq!(found.list.len(), 1, "only Tom is left to ask");
}

/// R-FRM-8 (MAT-03): the maths specialist leads numeracy everywhere.
#[tokio::test]
async fn whoever_leads_on_a_priority_comes_first_for_it_whatever_the_area() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let theme = college.theme().await;
    let first = async || {
        let who = college.facts(cast.uma).await;
        let found = support::suggest(&college.desk(), &who, &[theme]).await.expect("a list");
        let one = found.list.into_iter().next().expect("somebody");
        (one.practitioner.id, one.why)
    };
    for lead in [cast.priya, cast.tom, cast.priya] {
        let priority = [Priority { theme, set_by: Some(SetBy::Ofsted), leads: vec![lead] }];
        frame::set_priorities(&college.desk(), cast.helen, &priority).await.expect("named");
        let (top, why) = first().await;
        assert_eq!(top, lead);
        assert!(
            matches!(why.first(), Some(Why::LeadsEverywhere(_)))
                || why.iter().any(|one| matches!(one, Why::LeadsEverywhere(_))),
            "{why:?}"
        );
    }
}

/// R-FRM-3: what was agreed is kept in its own unit until a later file says otherwise.
#[tokio::test]
async fn remission_is_kept_as_it_was_agreed() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (amount, unit) = (Amount::read("2.5"), Some(Unit::HoursAWeek));
    let agreed = Agreement { amount, unit, caseload: Some(Minutes::hours(773)), nominated: Vec::new() };
    frame::set_remission(&college.desk(), cast.helen, (cast.priya, &agreed)).await.expect("given");
    let given = async || {
        let frame = frame::see(&college.desk(), &college.facts(cast.helen).await).await.expect("a frame");
        frame.given.into_iter().find(|given| given.person == cast.priya).expect("Priya")
    };
    let kept = given().await;
    assert_eq!(kept.agreed.map(|remission| remission.words()).as_deref(), Some("2.5 hours a week"));
    assert_eq!(kept.remitted, kept.agreed.expect("agreed").year());
    college.import(&crate::college::staff()).await.expect("imported");
    let kept = given().await;
    assert_eq!((kept.agreed, kept.remitted), (None, Minutes::hours(150)), "the later file counts");
}

/// R-PPL-6: a leaver is shut out from the day on and not before.
#[tokio::test]
async fn a_leaver_is_shut_out_on_the_day() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let soon: Option<Date> = "2026-11-27".parse().ok();
    person::switch(&college.desk(), cast.marek, (cast.sam, false, soon)).await.expect("planned");
    assert!(!person::keep_dates(&college.later(2 * 24)).await.expect("nothing is due"));
    assert!(college.facts(cast.sam).await.active);
    assert!(person::keep_dates(&college.later(3 * 24)).await.expect("due"));
    assert!(!college.facts(cast.sam).await.active);
    assert!(!person::keep_dates(&college.later(3 * 24)).await.expect("done"), "once");
    let (then, back) = (college.later(3 * 24), now());
    let page = person::see(&then, &college.facts(cast.marek).await, cast.sam).await.expect("a page");
    assert!(!page.today.active && back < then.now);
    person::switch(&then, cast.marek, (cast.sam, true, soon)).await.expect("back");
    assert!(college.facts(cast.sam).await.active);
}
