//! Who signed up for a session, and who suggested a theme, is nobody else's to notice.

use super::{Pair, Secret, nobody_can_tell};
use crate::college::*;

/// R-SES-4 R-SES-8
#[tokio::test]
async fn nobody_but_whoever_runs_it_can_tell_that_a_teacher_signed_up_and_which_one_suggested_a_theme() {
    let mut pair = Pair::new().await;
    let mut twins = pair.twins(PRIYA).await;
    let page = pair.look(&mut twins, (PRIYA, "/sessions/new")).await;
    let area = page.choice("area", "Health & Care");
    let fill = |form: crate::page::Form| {
        let form = form.with("title", "Wait, then ask").with("place", "B104").and("area", &area);
        form.with("day", "2026-11-27").with("time", "08:30")
    };
    let place = pair.act(PRIYA, ("/sessions/new", "/sessions"), fill).await.says("0 coming").place().to_owned();
    let mut sam = pair.other.browser_of(SAM).await;
    let form = sam.get(&place).await.form("/sign-up");
    sam.does(&form).await.says("You are coming.");
    for (college, who) in [(&pair.plain, PRIYA), (&pair.other, SAM)] {
        let mut browser = college.browser_of(who).await;
        let form = browser.get("/sessions").await.form("/suggestions").with("area", &area);
        browser.does(&form).await.says("without a name");
    }
    let mut twins = pair.twins(PRIYA).await;
    let (plain, other) = pair.pages(&mut twins, &place).await;
    assert_ne!(plain.bytes, other.bytes, "whoever runs it can tell, so this comparison can fail");
    pair.secret = Secret::never();
    nobody_can_tell(pair, None).await;
}

/// R-SES-18 R-SES-19
#[tokio::test]
async fn nobody_can_tell_that_a_teacher_said_what_a_session_was_like_not_even_whoever_ran_it() {
    let mut pair = Pair::new().await;
    let mut twins = pair.twins(PRIYA).await;
    let page = pair.look(&mut twins, (PRIYA, "/sessions/new")).await;
    let area = page.choice("area", "Health & Care");
    let fill = |form: crate::page::Form| {
        let form = form.with("title", "Wait, then ask").with("place", "B104").and("area", &area);
        form.with("day", "2026-11-24").with("time", "17:30")
    };
    let place = pair.act(PRIYA, ("/sessions/new", "/sessions"), fill).await.says("0 coming").place().to_owned();
    pair.act(SAM, (&place, "/sign-up"), |form| form).await.says("You are coming.");
    pair.clock("2026-11-25T09:00");
    pair.act(PRIYA, (&place, "/attendance"), |form| form).await.says("Saved.");
    pair.act(PRIYA, (&place, "/holding"), |form| form).await.says("It was held");
    let mut sam = pair.other.browser_of(SAM).await;
    let form = sam.get(&place).await.form("/said").with("worth", "agree").with("try", "disagree");
    sam.does(&form).await.says("It is counted, without your name.");
    let mut twins = pair.twins(SAM).await;
    let (plain, other) = pair.pages(&mut twins, &place).await;
    assert_ne!(plain.bytes, other.bytes, "whoever said it can tell, so this comparison can fail");
    pair.secret = Secret::never();
    for day in ["2026-11-25T10:00", "2026-12-08T17:39", "2026-12-08T17:40"] {
        pair.clock(day);
        pair.due().await;
        for who in [PRIYA, NADIA, DAFYDD, HELEN, MAREK, MINH] {
            let mut twins = pair.twins(who).await;
            for path in [place.as_str(), "/sessions", "/communities", "/today", "/week", "/programme", "/account"] {
                pair.look(&mut twins, (who, path)).await;
            }
        }
    }
    for who in [PRIYA, NADIA, HELEN] {
        pair.walk(who).await;
    }
}
