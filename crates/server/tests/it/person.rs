//! A person's place among the staff, kept by the administrator: each change from a day on.

use crate::college::*;
use crate::story::{NOTHING, agreed, ask};

const UMA: &str = "Farida Chowdhury";

/// R-PPL-1, R-PPL-6.
#[tokio::test]
async fn a_leaver_is_off_from_the_day_and_the_other_one_reads_it_in_the_thread() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let page = format!("/people/{}", college.id(SAM));
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get(&page).await.form("/leaving").with("from", "2026-11-27");
    marek.does(&form).await.says("Saved. It takes effect on its day.").says("From 27 Nov 2026: Account off");
    let mut sam = college.browser_of(SAM).await;
    sam.get(&place).await.is(200);
    college.clock("2026-11-26T23:59").due().await;
    college.browser_of(SAM).await.get(&place).await.is(200);
    college.clock("2026-11-27T00:01").due().await;
    sam.get(&place).await.is(303);
    college.browser().post("/sign-in/sample", &[("person".to_owned(), college.id(SAM))]).await.is(404);
    college.browser_of(PRIYA).await.get(&place).await.says("This cannot go on at the moment.");
    let mut marek = college.browser_of(MAREK).await;
    let shown = marek.get(&page).await;
    shown.says("account off").says("until 27 Nov 2026").is_silent_about("/support/");
    assert!(!shown.text().contains(PRIYA), "{}", shown.text());
    college.browser_of(NADIA).await.get(&page).await.is(404);
    let form = marek.get(&page).await.form("/leaving").with("from", "2026-11-27");
    marek.does(&form).await.says("account on");
    college.browser_of(SAM).await.get(&place).await.says("How did it go?");
}

/// R-PPL-3, R-PPL-8.
#[tokio::test]
async fn a_line_changes_on_its_day_can_be_taken_back_and_never_closes_a_circle() {
    let college = College::sample().await;
    let page = format!("/people/{}", college.id(SAM));
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get(&page).await.form("/line/manager").with("whom", UMA).with("from", "2026-12-07");
    let planned = marek.does(&form).await;
    planned.says("From 7 Dec 2026: Line manager Farida Chowdhury");
    marek.does(&planned.form("/cancellation")).await.says("Taken back.").is_silent_about("From 7 Dec 2026");
    let above = format!("/people/{}", college.id(NADIA));
    let form = marek.get(&above).await.form("/line/manager").with("whom", SAM);
    let refused = marek.send(&form).await;
    refused.is(422).says("That would close a circle: Sam Okafor would be managed by somebody further down.");
    assert_eq!(refused.form("/line/manager").get("whom"), Some(SAM), "what was typed is kept");
    let form = marek.get(&page).await.form("/line/manager").with("whom", MAREK);
    marek.send(&form).await.is(422).says("You cannot make yourself somebody's line manager. Ask another administrator");
    let form = marek.get(&page).await.form("/line/manager").with("whom", "Nobody Here");
    marek.send(&form).await.is(422).says("There is no “Nobody Here” on the list.");
    let form = marek.get(&page).await.form("/line/manager").with("whom", UMA).with("from", "someday");
    let refused = marek.send(&form).await;
    refused.is(422).says("Give a day, at most a year back and two years ahead.");
    assert_eq!(refused.form("/line/manager").get("whom"), Some(UMA));
    let form = marek.get(&page).await.form("/line/manager").with("whom", "");
    marek.does(&form).await.says("Line manager none");
}

/// R-PPL-1.
#[tokio::test]
async fn areas_and_roles_have_their_days_and_several_hold_at_once() {
    let college = College::sample().await;
    let page = format!("/people/{}", college.id(SAM));
    let mut marek = college.browser_of(MAREK).await;
    let shown = marek.get(&page).await;
    let area = |shown: &crate::page::Page, words: &str| {
        let body = shown.body();
        let end = body.find(&format!(">{words}</option>")).unwrap();
        let value = body[..end].rsplit("value=\"").next().unwrap();
        value.split('"').next().unwrap().to_owned()
    };
    let sport = area(&shown, "Sport");
    let mut forms = shown.forms().into_iter().filter(|form| form.action.ends_with("/area"));
    let (main, also) = (forms.next().unwrap(), forms.next().unwrap());
    marek.does(&also.with("area", &sport).with("what", "begins")).await.says("Also in Sport since 24 Nov 2026");
    marek.get("/people?find=sport").await.says(SAM);
    let law = area(&shown, "Business &amp; Law");
    marek
        .does(&main.with("area", &law).with("from", "2026-12-01"))
        .await
        .says("From 1 Dec 2026: Main area Business & Law");
    let form = marek.get(&page).await.form("/roles").and("role", "safeguardingLead");
    marek.does(&form).await.says("safeguarding lead since 24 Nov 2026");
    let none = marek.get(&page).await.form("/roles").without("role");
    marek.send(&none).await.is(422).says("Choose at least one role.");
    let own = marek.get(&format!("/people/{}", college.id(MAREK))).await;
    own.says("Nobody changes their own roles.").says("Nobody switches their own account.");
    assert!(!own.has_form("/roles") && !own.has_form("/leaving"));
    marek.forge(&format!("/people/{}/roles", college.id(MAREK)), &[("role", "programmeLead")]).await.is(404);
}

/// R-PPL-7.
#[tokio::test]
async fn a_person_is_added_once_and_everything_typed_is_kept_when_something_is_wrong() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get("/people/new").await.form("/people");
    let form = form.with("name", "Zoë Newcombe").with("email", "sam.okafor@college.example").with("job", "Tutor");
    let refused = marek.send(&form).await;
    refused.is(422).says("Sam Okafor has this address already.");
    let again = refused.form("/people");
    assert_eq!((again.get("name"), again.get("job")), (Some("Zoë Newcombe"), Some("Tutor")));
    marek.send(&again.clone().with("email", "not an address")).await.is(422).says("Write a work e-mail address");
    marek.send(&again.clone().with("name", "12")).await.is(422).says("at least one letter");
    let good = again.with("email", "ZOE@college.example").with("manager", NADIA);
    let added = marek.does(&good).await;
    added.says("Added. Their place is below.").says("zoe@college.example").says("Line manager Nadia Haddad");
    let once_more = marek.send(&good).await;
    assert_eq!(once_more.header("location"), Some(added.place()));
    marek.get("/people").await.says("18 of 18 people");
    let form = added.form("/details").with("job", "Senior tutor").with("name", "Zoë Oldcastle");
    marek.does(&form).await.says("Zoë Oldcastle").says("Senior tutor");
    let numbered = marek.get(added.place()).await.form("/details").with("number", "00417");
    let numbered = marek.does(&numbered).await;
    numbered.says("staff number 00417");
    let sam = marek.get(&format!("/people/{}", college.id(SAM))).await.form("/details").with("number", "417");
    marek.send(&sam).await.is(422).says("Zoë Oldcastle has this staff number already.");
}

#[tokio::test]
async fn nobody_but_an_administrator_sees_or_changes_a_persons_place() {
    let college = College::sample().await;
    let id = college.id(SAM);
    let acts = ["details", "area", "line/manager", "roles", "leaving", "cancellation"];
    for who in [SAM, PRIYA, NADIA, ELAINE, HELEN, DAFYDD, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        browser.get(&format!("/people/{id}")).await.is(404);
        browser.get("/people/new").await.is(404);
        browser.get("/people/areas").await.is(404);
        browser.forge("/people", &[("name", "Me")]).await.is(404);
        for act in acts {
            let fields = [("from", "2026-11-24"), ("strand", "account"), ("on", "2026-12-01"), ("role", "teacher")];
            browser.forge(&format!("/people/{id}/{act}"), &fields).await.is(404);
        }
    }
    let mut marek = college.browser_of(MAREK).await;
    marek.get(&format!("/people/{NOTHING}")).await.is(404);
    marek.get("/people/nobody").await.is(404);
}

/// R-SUP-2, R-FRM-9.
#[tokio::test]
async fn when_a_practitioner_gives_the_role_up_the_two_read_it_in_the_thread() {
    let college = College::sample().await;
    let place = ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    let mut helen = college.browser_of(HELEN).await;
    let page = format!("/programme/practitioners/{}", college.id(PRIYA));
    let form = helen.get(&page).await.form("/standing-down").with("from", "2026-11-24");
    let kept = helen.does(&form).await;
    assert!(!kept.says("Saved.").text().contains(SAM), "{}", kept.text());
    let mut sam = college.browser_of(SAM).await;
    sam.get(&place).await.says("Priya Nair cannot go on with you.").says("gave the role up");
    sam.get("/practitioners").await.is_silent_about(PRIYA);
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/support").await.says("Support you gave").says("With Sam Okafor");
    priya.get(&place).await.says("This cannot go on at the moment.").says("Nobody else is told.");
    assert!(!priya.get(&place).await.has_form("/offers"));
    for who in [NADIA, MAREK, HELEN] {
        college.browser_of(who).await.get(&place).await.is(404);
    }
}
