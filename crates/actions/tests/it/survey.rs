//! The survey of staff: opened by the lead alone, answered once with a ticket that nobody can tie to a person, released once.

use actions::desk::{Desk, Stop};
use actions::survey::{self, Ticket};
use actions::{mail, survey_release, survey_sample};
use domain::ids::{PersonId, SurveyId};
use domain::people::Role;
use domain::survey::{Answer, Choice, Factor, Side, SurveyRefused};
use jiff::civil::Date;
use sealing::Blinded;
use trial::Cell;

use crate::college::{College, new_college, somebody, staff, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

const DAY: i64 = 24;
/// Open from today for three weeks; over the day after.
const OVER: i64 = 21 * DAY;

fn days(desk: &Desk) -> (Option<Date>, Option<Date>) {
    let first = desk.today();
    (Some(first), Some(domain::period::days_after(first, 20)))
}

fn said(side: Side, choice: Choice) -> Answer {
    Answer { side, choices: vec![choice; 7], factors: vec![Factor::Confidential, Factor::Time] }
}

/// A college with so many more teachers, and a survey that is open.
async fn opened(many: usize) -> (College, SurveyId, Vec<PersonId>) {
    let mut staff = staff();
    staff.people.extend((0..many).map(|number| somebody(&format!("Teacher {number}"), &[Role::Teacher], Some(2))));
    let college = College::of(&new_college(), &staff, 7).await;
    let (helen, desk) = (college.who("Helen Marsh").await, college.desk());
    let made = survey::open(&desk, helen, days(&desk)).await.expect("opened");
    let mut people = Vec::new();
    for number in 0..many {
        people.push(college.who(&format!("Teacher {number}")).await);
    }
    (college, made, people)
}

async fn signed(desk: &Desk, who: PersonId, token: [u8; 32]) -> (SurveyId, Vec<u8>) {
    let open = survey::to_answer(desk).await.expect("read").expect("open");
    let blinded = Blinded::of(&open.modulus, token).expect("blinded");
    let signed = survey::take(desk, who, (open.survey.id, blinded.blinded())).await.expect("signed");
    (open.survey.id, blinded.finish(&signed).expect("finished"))
}

fn refused<T: std::fmt::Debug>(result: Result<T, Stop<SurveyRefused>>) -> SurveyRefused {
    match result {
        Err(Stop::Refused(refused)) => refused,
        other => panic!("not refused: {other:?}"),
    }
}

/// R-SUR-15 R-SUR-16
#[tokio::test]
async fn nobody_but_the_lead_opens_one_and_a_year_has_one() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("opening", "denied", survey::open(&desk, who, days(&desk))).await;
        still.stays("taking back", "denied", survey::take_back(&desk, who)).await;
        assert_eq!(told(&survey::see(&desk, &college.facts(who).await).await), "denied");
    }
    still.stays("no days", "refused", survey::open(&desk, cast.helen, (None, None))).await;
    still.stays("nothing to take back", "refused", survey::take_back(&desk, cast.helen)).await;
    survey::open(&desk, cast.helen, days(&desk)).await.expect("opened");
    let still = Still::of(&college);
    still
        .stays("a second one", "refused", survey::open(&college.later(OVER), cast.helen, days(&college.later(OVER))))
        .await;
    still.stays("one that has begun", "refused", survey::take_back(&desk, cast.helen)).await;
    let seen = survey::see(&desk, &college.facts(cast.helen).await).await.expect("seen");
    assert!(seen.current.is_some() && seen.may_open && seen.releases.is_empty());
    let ruth = college.facts(college.who("Ruth Adeyemi").await).await;
    assert!(!survey::see(&desk, &ruth).await.expect("a senior leader reads").may_open);
}

/// R-SUR-11
#[tokio::test]
async fn everybody_who_teaches_takes_one_ticket_and_may_ask_for_the_same_again() {
    let (college, made, _) = opened(0).await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    let open = survey::to_answer(&desk).await.expect("read").expect("open");
    let blinded = Blinded::of(&open.modulus, [1; 32]).expect("blinded");
    let first = survey::take(&desk, cast.sam, (made, blinded.blinded())).await.expect("signed");
    let still = Still::of(&college);
    let again = survey::take(&desk, cast.sam, (made, blinded.blinded())).await.expect("the same once more");
    assert_eq!(first, again);
    let other = Blinded::of(&open.modulus, [2; 32]).expect("blinded");
    still.stays("a second ticket", "refused", survey::take(&desk, cast.sam, (made, other.blinded()))).await;
    still.stays("no number", "refused", survey::take(&desk, cast.uma, (made, &[0xFF; 256]))).await;
    still.stays("an administrator", "denied", survey::take(&desk, cast.marek, (made, other.blinded()))).await;
    let late = college.later(OVER);
    assert_eq!(refused(survey::take(&late, cast.uma, (made, other.blinded())).await), SurveyRefused::Closed);
    assert!(survey::to_take(&desk, &college.facts(cast.sam).await).await.expect("seen").1);
    assert!(!survey::is_open_for(&desk, &college.facts(cast.marek).await).await.expect("read"));
    assert!(survey::is_open_for(&desk, &college.facts(cast.sam).await).await.expect("read"), "taken or not");
}

/// R-SUR-12
#[tokio::test]
async fn a_ticket_answers_once_and_no_other_does() {
    let (college, _, _) = opened(0).await;
    let (cast, desk) = (Cast::of(&college).await, college.desk());
    let (survey, signature) = signed(&desk, cast.sam, [3; 32]).await;
    let answer = said(Side::Staff, Choice::Agree);
    let ticket = |token| Ticket { survey, token, signature: &signature };
    let still = Still::of(&college);
    let five = Answer { choices: vec![Choice::Agree; 5], ..answer.clone() };
    still.stays("five of seven statements", "refused", survey::answer(&desk, ticket(&[3; 32]), &five)).await;
    still.stays("another token", "refused", survey::answer(&desk, ticket(&[4; 32]), &answer)).await;
    still.stays("no ticket", "refused", survey::answer(&desk, ticket(&[]), &answer)).await;
    still.stays("too late", "refused", survey::answer(&college.later(OVER), ticket(&[3; 32]), &answer)).await;
    survey::answer(&desk, ticket(&[3; 32]), &answer).await.expect("counted");
    let still = Still::of(&college);
    let again = said(Side::Staff, Choice::Disagree);
    still.stays("used", "refused", survey::answer(&desk, ticket(&[3; 32]), &again)).await;
}

/// R-SUR-12: looks through every table for what an answer changed, and for anybody in it.
#[tokio::test]
async fn in_no_table_does_anything_tie_an_answer_to_a_person() {
    let (college, _, people) = opened(2).await;
    let desk = college.desk();
    let (survey, signature) = signed(&desk, people[0], [5; 32]).await;
    let (_, other) = signed(&desk, people[1], [6; 32]).await;
    let before = college.tables();
    let ticket = Ticket { survey, token: &[5; 32], signature: &signature };
    survey::answer(&college.later(DAY), ticket, &said(Side::Staff, Choice::Agree)).await.expect("counted");
    let after = college.tables();
    let changed: Vec<&String> = after.keys().filter(|table| after[*table] != before[*table]).collect();
    assert_eq!(changed, ["survey_count", "survey_used"], "no event, no entry of a log, nothing of a person");
    let everybody: Vec<Cell> = after["person"].iter().map(|row| row["id"].clone()).collect();
    for table in changed {
        for row in &after[table] {
            assert!(row.values().all(|cell| !everybody.contains(cell)), "{table} names somebody");
            let columns: Vec<&String> = row.keys().collect();
            assert!(columns.iter().all(|name| !name.contains("at") && !name.contains("day")), "{columns:?} tells when");
        }
    }
    // Whoever answers, the same is written: but for the hash of a token that the server saw for the first time.
    let numbers = |tables: &trial::Tables| tables["survey_count"].clone();
    let first = numbers(&after);
    let (twin, _, twins) = opened(2).await;
    let (survey, theirs) = signed(&twin.desk(), twins[1], [6; 32]).await;
    let ticket = Ticket { survey, token: &[6; 32], signature: &theirs };
    survey::answer(&twin.desk(), ticket, &said(Side::Staff, Choice::Agree)).await.expect("counted");
    let times = |rows: &[trial::Row]| rows.iter().map(|row| row["times"].clone()).collect::<Vec<_>>();
    assert_eq!(times(&first), times(&numbers(&twin.tables())));
    // What was signed has nothing in common with what comes back.
    let held: Vec<Cell> = after["survey_ticket"].iter().map(|row| row["blinded"].clone()).collect();
    let used = after["survey_used"][0]["ticket"].clone();
    assert!(held.len() == 2 && !held.contains(&used) && signature != other);
}

/// R-SUR-13
#[tokio::test]
async fn when_it_is_over_ranges_are_released_once_and_everything_else_is_gone() {
    let (college, made, people) = opened(12).await;
    let desk = college.desk();
    for (at, who) in people.iter().enumerate() {
        let choice = if at < 9 { Choice::StronglyAgree } else { Choice::Disagree };
        survey_sample::replay(&desk, *who, &said(Side::Staff, choice)).await.expect("counted");
    }
    assert!(!survey_release::keep(&college.later(OVER - DAY)).await.expect("looked"), "it can be answered today");
    let helen = college.facts(college.who("Helen Marsh").await).await;
    assert!(survey::see(&desk, &helen).await.expect("seen").releases.is_empty());
    let keyring = desk.house.store.keyring();
    assert!(keyring.known_survey(desk.institution(), made).expect("read").is_some());
    let late = college.later(OVER);
    assert!(survey_release::keep(&late).await.expect("released"));
    assert!(!survey_release::keep(&late).await.expect("looked"), "once");
    assert!(keyring.known_survey(desk.institution(), made).expect("read").is_none(), "its key is destroyed");
    let tables = college.tables();
    assert!(["survey_count", "survey_used", "survey_ticket"].iter().all(|table| tables[*table].is_empty()));
    let seen = survey::see(&late, &helen).await.expect("seen");
    let (release, _) = &seen.releases[0];
    let staff = &release.sides[0];
    assert_eq!((staff.returned, release.sides[1].returned), (Some(12), None));
    assert_eq!(staff.agreed[0].map(|band| (band.low, band.high)), Some((5, 12)));
    let text = &tables["survey_release"][0]["text"];
    assert!(matches!(text, Cell::Text(text) if !text.contains(":9,") && !text.contains(":9}")), "{text:?}");
}

/// R-SUR-14
#[tokio::test]
async fn everybody_who_teaches_hears_of_it_whoever_has_answered() {
    let (college, _, people) = opened(2).await;
    survey_sample::replay(&college.desk(), people[0], &said(Side::Staff, Choice::Agree)).await.expect("counted");
    let rounds = |tables: trial::Tables| {
        let survey = |row: &&trial::Row| row["kind"] == Cell::Text("survey".to_owned());
        tables["mail_round"].iter().filter(survey).count()
    };
    mail::write_due(&college.desk()).await.expect("written");
    assert_eq!(rounds(college.tables()), 1, "on the first day");
    mail::write_due(&college.later(15 * DAY)).await.expect("written");
    assert_eq!(rounds(college.tables()), 2, "and once before the last");
    mail::write_due(&college.later(16 * DAY)).await.expect("written");
    assert_eq!(rounds(college.tables()), 2);
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let helen = college.who("Helen Marsh").await;
    let (desk, me) = (college.desk(), By::Person(helen));
    let ahead = (Some(domain::period::days_after(desk.today(), 3)), Some(domain::period::days_after(desk.today(), 12)));
    let open = async || survey::open(&desk, helen, ahead).await;
    story.tell("survey::open", &[("OpenSurvey", me)], open).await;
    let back = async || survey::take_back(&desk, helen).await;
    story.tell("survey::take_back", &[("OpenSurvey", me)], back).await;
    survey::open(&desk, helen, days(&desk)).await.expect("opened");
    story.go_on();
    let over = college.later(OVER);
    let keep = async || survey_release::keep(&over).await;
    assert!(story.tell("survey_release::keep", &[("ReleaseSurvey", By::Machine)], keep).await);
}
