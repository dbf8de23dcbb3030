//! The planner, a practitioner's own time of the year, and cover.

use crate::college::*;
use crate::story::note;

/// R-TIM-1, R-TIM-3, R-TIM-4
#[tokio::test]
async fn the_lead_reads_whose_year_does_not_fit_and_what_would_make_it_fit() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/planner").await;
    page.says("The planner, 2026/27").says("Tom Birch").says("do not fit.").says("One year does not fit: Tom Birch.");
    page.says("For everybody alike, and yours to change.").says("they count as shown until you save others");
    let form = page.form("/programme/planner");
    assert_eq!(form.get("asking"), Some("20"));
    let page = helen.does(&form.with("meeting", "240")).await;
    page.says("Saved. The year is worked out anew.").says("Below stands what would make each fit.");
    page.says("More hours:").is_silent_about("they count as shown");
    let one = format!("/programme/practitioners/{}", college.id(PRIYA));
    let more = helen.get(&one).await.form("/remission").with("amount", "400").with("unit", "hours-a-year");
    helen.does(&more).await.says("Agreed: 400 hours a year");
    let page = helen.get("/programme/planner").await;
    page.says("Priya Nair: ").says("asked of 400 h.");
    assert!(page.text().split("Priya Nair: ").nth(1).unwrap().split('.').nth(1).unwrap().contains("are left"));
}

/// R-TIM-4
#[tokio::test]
async fn a_number_nobody_means_is_refused_at_its_field_and_stays_there() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    for (field, typed, sentence) in [
        ("asking", "101", "Give a whole number from 0 to 100."),
        ("each", "-1", "Give hours from 0 to 40."),
        ("session", "", "Give whole minutes from 15 to 480."),
        ("preparation", "900", "Give whole minutes from 0 to 480."),
        ("meeting", "ten", "Give whole minutes from 0 to 600."),
        ("induction", "41", "Give hours from 0 to 40."),
        ("priority", "1e9", "Give hours from 0 to 200."),
        ("carry", "101", "Give hours from 0 to 100"),
    ] {
        let form = helen.get("/programme/planner").await.form("/programme/planner").with(field, typed);
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/programme/planner").get(field), Some(typed), "{field}");
    }
    let time = format!("/programme/practitioners/{}/time", college.id(PRIYA));
    for (field, typed, sentence) in [
        ("trips", "401", "Give a whole number of journeys from 0 to 400."),
        ("trip", "x", "Give whole minutes from 0 to 480"),
        ("inductions", "-2", "Give a whole number of inductions from 0 to 60."),
        ("outreach", "120", "Give a whole number from 0 to 100, or leave it empty"),
    ] {
        let refused = helen.get(&time).await.form("/extras").with(field, typed);
        let refused = helen.send(&refused).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/extras").get(field), Some(typed), "{field}");
    }
}

/// R-TIM-5, R-TIM-9
#[tokio::test]
async fn half_days_and_blocks_are_entered_refused_in_a_sentence_and_stand_in_the_week() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let time = format!("/programme/practitioners/{}/time", college.id(PRIYA));
    let form = helen.get(&time).await.form("/pattern");
    let block = |from: &str, to: &str, hours: &str| {
        form.clone().with("block-from-0", from).with("block-to-0", to).with("block-hours-0", hours)
    };
    for (form, field, sentence) in [
        (block("2027-02-12", "2027-02-01", "9"), "block-to-0", "This block ends before it starts."),
        (block("2026-12-21", "2026-12-23", "9"), "block-from-0", "A block lies inside one term."),
        (block("2027-02-01", "2027-02-02", "17"), "block-hours-0", "Give hours from a quarter of an hour to 16 h"),
        (block("2027-02-01", "", "9"), "block-from-0", "Give the first day, the last day and the hours"),
        (block("2027-01-18", "2027-03-19", "151"), "half", "more than the 150 h that were agreed"),
        (form.clone().and("half", "Sat-am"), "half", "There is no teaching on Saturdays."),
        (form.clone().and("half", "Mon-am").and("half", "Tue-am"), "half", "more than the 150 h that were agreed"),
        (
            block("2027-02-01", "2027-02-05", "9")
                .with("block-from-1", "2027-02-05")
                .with("block-to-1", "2027-02-06")
                .with("block-hours-1", "2"),
            "block-from-1",
            "This block overlaps another one, Mon 1 Feb to Fri 5 Feb.",
        ),
    ] {
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert!(refused.body().contains(&format!("id=\"{field}-error\"")), "{field}");
        assert_eq!(refused.form("/pattern").get("block-hours-0"), form.get("block-hours-0"), "{sentence}");
    }
    let agreed = block("2027-02-01", "2027-02-12", "12").and("half", "Tue-pm");
    helen.does(&agreed).await.says("Saved.");
    let extras = helen.get(&time).await.form("/extras").with("outreach", "20").with("trips", "10").with("trip", "30");
    helen.does(&extras).await.says("Outreach within it: 20 %.").says("Dedicated time: 19.4 %");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/hours/time").await.says("Protected: Tuesday afternoon.").says("Mon 1 Feb to Fri 12 Feb: 12 h");
    priya.get("/week").await.says("Protected afternoon");
    priya.get("/week?of=2027-02-03").await.says("Block");
}

/// R-TIM-7, R-TIM-9, R-TIM-10, R-TIM-15, TIM-07, TIM-13
#[tokio::test]
async fn a_practitioner_sees_the_bank_calls_an_entry_outreach_and_says_what_does_not_suit() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    note(&mut priya, ("", 45)).await;
    let page = priya.get("/hours").await;
    page.says("What it was for, this year").says("Asked of you by the planner").says("One-to-one support");
    priya.does(&page.form("/outreach")).await.says("Outreach It was home");
    let form = priya.get("/hours/new").await.form("/hours").with("minutes", "15").with("outreach", "yes");
    priya.send(&form).await.is(303);
    let own = priya.get("/hours/time").await;
    own.says("are in the bank: planned so far and not used").says("Used up to today 1 h");
    own.says("Home: 0 min. Outreach, for colleagues beyond your own area: 1 h, 100 % of what you noted.");
    let form = own.form("/hours/balance");
    let refused = priya.send(&form.clone().with("sentence", "  ")).await;
    refused.is(422).says("Write what does not suit you, in at most 300 characters.");
    priya.does(&form.with("sentence", "Fewer days away, please.")).await.says("You told the programme lead");
    assert!(priya.get("/account/data.json").await.body().contains("Fewer days away, please."));
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme/planner").await.says("“Fewer days away, please.”");
    let mut priya = college.browser_of(PRIYA).await;
    let back = priya.get("/hours/time").await.form("/hours/balance");
    priya.does(&back).await.says("Taken back.").is_silent_about("Fewer days away");
    helen.get("/programme/planner").await.is_silent_about("Fewer days away");
}

/// R-TIM-8
#[tokio::test]
async fn last_years_hours_are_proposed_and_agreed_and_never_carried_by_themselves() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/planner").await.form("/programme/planner").with("carry", "10");
    helen.does(&form).await;
    college.clock("2027-10-05T09:00").due().await;
    let mut priya = college.browser_of(PRIYA).await;
    let own = priya.get("/hours/time").await;
    own.says("From 2026/27").says("The college carries over at most 10 h.").says("Given for the year 150 h");
    let form = own.form("/hours/carry");
    assert_eq!(form.get("carry"), Some("10"));
    priya.send(&form.clone().with("carry", "11")).await.is(422).says("Give more than nothing, and at most 10 h");
    priya.does(&form.with("carry", "6.5")).await.says("You proposed 6 h 30: waits for the programme lead.");
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/planner").await;
    page.says("Priya Nair would like to carry 6 h 30 into this year.");
    let agree = page.form("/carry").with("agree", "yes");
    helen.does(&agree).await.says("Priya Nair: ").says("of 156 h 30");
    helen.send(&agree).await.is(404);
    college.browser_of(PRIYA).await.get("/hours/time").await.says("Of that, carried over from last year 6 h 30");
}

/// R-TIM-11, R-TIM-12, R-TIM-13
#[tokio::test]
async fn cover_is_entered_by_the_lead_or_for_oneself_and_only_the_lead_reads_costs() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/cover").await;
    page.says("Nothing is arranged for");
    let form = page.form("/programme/cover").with("of", college.id(PRIYA));
    let timed = form.clone().with("starts", "13:00").with("ends", "16:00").with("weekday", "Tue");
    for (form, sentence) in [
        (form.clone(), "Choose a day of the week, or give one date."),
        (timed.clone().with("day", "2026-12-01"), "not both."),
        (timed.clone().with("weekday", "").with("day", "2026-12-29"), "There is no teaching on that day"),
        (timed.clone().with("ends", "12:00"), "an end that is later on the same day."),
        (timed.clone(), "Choose who takes the class."),
        (timed.clone().with("arrangement", "supply").with("note", "x".repeat(301)), "at most 300 characters"),
        (
            timed.clone().with("arrangement", "supply").with("of", college.id(SAM)),
            "Cover is arranged for practitioners only.",
        ),
    ] {
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/programme/cover").get("starts"), form.get("starts"), "{sentence}");
    }
    let whole =
        timed.with("arrangement", "part-time").with("training", "planned").with("note", "Handed over on Mondays.");
    let page = helen.does(&whole).await;
    page.says("Every Tuesday, 13:00–16:00").says("Planned for the protected day").says("Handed over on Mondays.");
    helen.does(&whole).await;
    assert_eq!(helen.get("/programme/cover").await.text().matches("Every Tuesday, 13:00").count(), 1, "sent twice");
    let form = helen.get("/programme/cover/costs").await.form("/costs");
    let (cost, _) = form.fields.iter().find(|(name, _)| name.starts_with("cost-")).unwrap().clone();
    let refused = helen.send(&form.clone().with(&cost, "600")).await;
    refused.is(422).says("at most 500 an hour");
    let uplift = format!("uplift-{}", college.id(PRIYA));
    helen.does(&form.with(&cost, "30").with(&uplift, "2243")).await.says("As far as it is entered: £");
    let mut priya = college.browser_of(PRIYA).await;
    let own = priya.get("/hours/time").await;
    own.says("Every Tuesday, 13:00–16:00").is_silent_about("£").is_silent_about("2243");
    let form = own.form("/hours/cover").with("day", "2026-12-03").with("starts", "09:00").with("ends", "10:30");
    priya.does(&form.with("arrangement", "head")).await.says("Thu 3 Dec, 09:00–10:30 The head takes the class");
    assert!(priya.get("/account/data.json").await.body().contains("Thu 3 Dec, 09:00–10:30"));
    let removal = priya.get("/hours/time").await.form("/removal");
    college.browser_of(JOE).await.forge(&removal.action, &[]).await.is(404);
    priya.does(&removal).await.says("Taken back.");
}

/// R-TIM-14
#[tokio::test]
async fn a_management_post_beside_the_role_is_told_once_and_kindly() {
    let college = College::sample().await;
    let board = college.browser_of(HELEN).await.get("/programme").await;
    board.says("Tom Birch also holds a management post.").says("Both can stay.");
    assert_eq!(board.text().matches("also holds a management post").count(), 1);
}

#[tokio::test]
async fn nobody_but_a_lead_plans_and_nobody_but_oneself_and_the_lead_sees_cover() {
    let college = College::sample().await;
    let one = format!("/programme/practitioners/{}", college.id(PRIYA));
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in ["/programme/planner", "/programme/cover", "/programme/cover/costs", &format!("{one}/time")] {
            browser.get(path).await.is(404);
        }
        for path in ["/programme/planner", "/programme/cover", "/programme/cover/costs"] {
            browser.forge(path, &[("of", &college.id(JOE))]).await.is(404);
        }
        for act in ["extras", "pattern", "carry"] {
            browser.forge(&format!("{one}/{act}"), &[("trips", "1")]).await.is(404);
        }
    }
    for who in [SAM, HELEN, MAREK] {
        let mut browser = college.browser_of(who).await;
        browser.get("/hours/time").await.is(404);
        for path in ["/hours/carry", "/hours/balance", "/hours/cover"] {
            browser.forge(path, &[("say", "yes"), ("sentence", "Mine")]).await.is(404);
        }
    }
    let mut helen = college.browser_of(HELEN).await;
    helen.get(&format!("/programme/practitioners/{}/time", college.id(SAM))).await.is(404);
}
