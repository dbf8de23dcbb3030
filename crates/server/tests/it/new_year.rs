//! The next year in one step: proposed, changed, started, refused in sentences, and last year readable.

use crate::college::*;

const PAGE: &str = "/programme/new-year";

fn of(college: &College, field: &str, name: &str) -> String {
    format!("{field}-{}", college.id(name))
}

/// R-NEW-1, R-NEW-7
#[tokio::test]
async fn only_the_lead_has_these_pages_and_only_near_the_end_of_the_year() {
    let college = College::sample().await;
    for name in [MAREK, SAM, PRIYA, NADIA] {
        let mut browser = college.browser_of(name).await;
        let nowhere = browser.get("/nowhere").await;
        for place in [PAGE, "/programme/years"] {
            let page = browser.get(place).await;
            assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes), "{name} {place}");
        }
        browser.forge(PAGE, &[("number", "2027")]).await.is(404);
    }
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get(PAGE).await;
    page.is(200).says("The year 2027/28 can be set from Wed 12 May 2027 on.");
    assert!(!page.has_form(PAGE));
    helen.get("/programme").await.is_silent_about("The year 2027/28 is not set yet.");
    helen.get("/programme/years").await.says("2026/27").says("Priya Nair").says("150 h a year");
    college.clock("2027-07-08T09:00");
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.says("The year 2027/28 is not set yet.").says("start 2027/28 in one step");
}

/// R-NEW-3, R-NEW-5, R-NEW-6, R-NEW-8
#[tokio::test]
async fn the_lead_changes_one_stops_one_and_starts_the_year_which_counts_from_its_day() {
    let college = College::sample().await;
    college.clock("2027-07-08T09:00");
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get(PAGE).await;
    page.says("Hours and areas count from Wed 1 Sep 2027 on.")
        .says("Now 150 h a year.")
        .says("The last staff file came on Tue 24 Nov 2026");
    page.says("Everybody has a line manager").is_silent_about("Bring in the new staff file");
    let form = page.form(PAGE).with(&of(&college, "amount", PRIYA), "0.25").with(&of(&college, "unit", PRIYA), "fte");
    let form = form.with(&of(&college, "stops", JOE), "2027-09-01").with("chart", "yes");
    let page = helen.does(&form).await;
    page.says("The year is set.")
        .says("Helen Marsh started it on")
        .says("Nobody looks after Business & Law in 2027/28.");
    helen.send(&form).await.is(303);
    let planner = helen.get("/programme/planner?year=next").await;
    planner.says("asked of 193 h 15.").is_silent_about("Joe Whittle");
    helen
        .get(&format!("/programme/practitioners/{}", college.id(PRIYA)))
        .await
        .says("150 h")
        .says("From Wed 1 Sep 2027");

    college.clock("2027-09-02T09:00").due().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get(&format!("/programme/practitioners/{}", college.id(PRIYA))).await.says("Agreed: 0.25 of full-time (FTE)");
    helen.get("/programme/frame").await.is_silent_about("Joe Whittle 120");
    let years = helen.get("/programme/years").await;
    years
        .says("2026/27 is over")
        .says("120 h a year")
        .says("Joe Whittle from Tue 24 Nov 2026 120 h a year")
        .says("0.25 of full-time");
    helen.get("/programme").await.is_silent_about("not set yet");
    let own = college.browser_of(PRIYA).await.get("/hours/years/2026").await;
    own.is(200).says("My hours in 2026/27").says("of 150 h a year");
    college.browser_of(PRIYA).await.get("/hours/years/2027").await.is(404);
    college.browser_of(PRIYA).await.get("/hours/years/x").await.is(404);
    college.browser_of(SAM).await.get("/hours/years/2026").await.is(404);
}

/// R-NEW-2, R-NEW-3, R-NEW-4
#[tokio::test]
async fn what_cannot_be_is_refused_at_its_field_and_everything_typed_is_kept() {
    let college = College::sample().await;
    college.clock("2027-07-08T09:00");
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get(PAGE).await.form(PAGE).with("chart", "yes");
    let (amount, stops) = (of(&college, "amount", PRIYA), of(&college, "stops", PRIYA));
    for (field, typed, sentence) in [
        (amount.as_str(), "", "Enter what is agreed for the new year, or the day on which Priya Nair stops."),
        (amount.as_str(), "800", "more than a full-time teacher's 773 h"),
        (amount.as_str(), "lots", "Give a number with at most four decimal places"),
        (stops.as_str(), "2027-01-01", "Choose today or a later day."),
        (stops.as_str(), "soon", "Give a day, at most a year back and two years ahead."),
        ("ends", "2029-08-31", "Choose days that are between half a year and thirteen months apart."),
        ("starts", "2027-08-01", "This year overlaps 2026/27."),
        ("term-starts-0", "2027-08-20", "is outside the year"),
    ] {
        let page = helen.send(&form.clone().with(field, typed)).await;
        page.is(422).says(sentence);
        assert_eq!(page.form(PAGE).get(field), Some(typed), "{field}");
    }
    let page = helen.send(&form.clone().without("chart").with(&amount, "160")).await;
    page.is(422).says("Say that the chart is right");
    assert_eq!(page.form(PAGE).get(&amount), Some("160"));
    let kept = ["csrf", "once", "number", "version", "person"];
    let empty = form.fields.iter().filter(|(name, _)| kept.contains(&name.as_str())).cloned().collect();
    let empty = crate::page::Form { fields: empty, ..form.clone() };
    let page = helen.send(&empty).await;
    page.is(422)
        .says("Choose a day.")
        .says("Enter what is agreed for the new year")
        .says("Say that the chart is right");
    helen.send(&form.clone().without("number")).await.is(409);
    helen.get("/programme/years").await.says("Hours and areas of this year are not set yet.");
}

/// R-NEW-7
#[tokio::test]
async fn a_page_that_is_out_of_date_says_so_and_keeps_what_was_typed() {
    let college = College::sample().await;
    college.clock("2027-07-08T09:00");
    let (mut helen, mut dafydd) = (college.browser_of(HELEN).await, college.browser_of(DAFYDD).await);
    let amount = of(&college, "amount", PRIYA);
    let late = dafydd.get(PAGE).await.form(PAGE).with("chart", "yes").with(&amount, "170");
    let one = format!("/programme/practitioners/{}", college.id(JOE));
    let more = helen.get(&one).await.form("/remission").with("amount", "130");
    helen.does(&more).await.says("130");
    let page = dafydd.send(&late).await;
    page.is(409).says("Something has changed since you opened this page.");
    let late = page.form(PAGE);
    assert_eq!((late.get(&amount), late.get(&of(&college, "amount", JOE))), (Some("170"), Some("120")));
    let form = helen.get(PAGE).await.form(PAGE).with("chart", "yes");
    helen.send(&form).await.is(303);
    let page = dafydd.send(&late).await;
    page.is(409).says("Helen Marsh has started this year meanwhile.");
    assert_eq!(page.form(PAGE).get(&amount), Some("170"));
    dafydd.does(&page.form(PAGE)).await.says("Dafydd Rees started it on");
}
