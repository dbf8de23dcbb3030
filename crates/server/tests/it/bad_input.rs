//! Double sends, stale pages, ids of others, wrong encodings, bodies that are too large, times that are none: a clear
//! sentence, nothing typed lost, nothing half done.

use axum::body::Body;
use axum::http::Request;

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;
use crate::story::{NOTHING, agree, agreed, ask, ask_for, ask_form, offer};

const FORM: &str = "application/x-www-form-urlencoded";

/// R-SUP-11.
#[tokio::test]
async fn a_request_that_is_sent_twice_is_one_request() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await;
    let mut other = sam.clone();
    let (one, two) = tokio::join!(sam.send(&form), other.send(&form));
    assert_eq!((one.status, one.header("location")), (303, two.header("location")));
    let third = sam.send(&form).await;
    assert_eq!(third.header("location"), one.header("location"));
    let weeks = college.browser_of(PRIYA).await.get("/week").await;
    weeks.says("One colleague is waiting to hear from you.");
}

#[tokio::test]
async fn a_note_that_is_sent_twice_counts_once() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/hours/new").await.form("/hours").with("minutes", 30);
    let mut other = priya.clone();
    let (one, two) = tokio::join!(priya.send(&form), other.send(&form));
    assert_eq!((one.status, two.status), (303, 303));
    priya.send(&form).await.is(303);
    priya.get("/hours").await.says("30 min used");
    let again = priya.get("/hours/new").await.form("/hours").with("minutes", 30);
    priya.send(&again).await.is(303);
    priya.get("/hours").await.says("1 h used");
}

/// Every act on a thread, as each of the two would send it from an old page.
const ACTS: [(&str, &str); 8] = [
    (SAM, "offers"),
    (PRIYA, "offers"),
    (PRIYA, "acceptance"),
    (SAM, "withdrawal"),
    (SAM, "end"),
    (PRIYA, "end-proposal"),
    (SAM, "kind"),
    (SAM, "practitioner"),
];

/// What an act would need, if it were not refused.
fn filled(college: &College, version: &str) -> Vec<(String, String)> {
    let pairs = [
        ("version", version),
        ("day", "2026-12-03"),
        ("time", "15:00"),
        ("offer", NOTHING),
        ("formality", "formal"),
        ("practitioner", &college.id(JOE)),
        ("once", "fresh"),
        ("outcome", "held"),
        ("length", "45"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

async fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.forge(path, &fields).await
}

/// R-SUP-11.
#[tokio::test]
async fn every_act_from_an_old_page_is_refused_with_a_sentence_and_changes_nothing() {
    let college = College::sample().await;
    let place = ask_for(&mut college.browser_of(SAM).await, &college, (PRIYA, "Wed 25 Nov 09:00")).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let before = (sam.get(&place).await.text(), priya.get(&place).await.text());
    for old in ["0", "2", "-1", "x", "", "99999999999999999999"] {
        for (who, act) in ACTS {
            let browser = if who == SAM { &mut sam } else { &mut priya };
            let page = send(browser, &format!("{place}/{act}"), &filled(&college, old)).await;
            page.is(409).says("This page was out of date: something has changed since you opened it.");
        }
    }
    assert_eq!(before, (sam.get(&place).await.text(), priya.get(&place).await.text()));
}

/// R-SUP-8.
#[tokio::test]
async fn after_withdrawal_the_back_button_leads_to_a_sentence_and_nothing_else() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    let back = sam.get(&place).await.form("/withdrawal");
    sam.does(&back).await.says("Taken back.");
    let before = (sam.get(&place).await.text(), priya.get(&place).await.text());
    for version in ["1", "2"] {
        for (who, act) in ACTS.into_iter().chain([(SAM, "reopening")]) {
            let browser = if who == SAM { &mut sam } else { &mut priya };
            let page = send(browser, &format!("{place}/{act}"), &filled(&college, version)).await;
            assert!(
                page.status == if version == "1" { 409 } else { 422 },
                "{who} {act}: {} {}",
                page.status,
                page.text()
            );
        }
    }
    assert_eq!(before, (sam.get(&place).await.text(), priya.get(&place).await.text()));
    college.browser_of(JOE).await.get("/week").await.says("Nobody is waiting");
}

#[tokio::test]
async fn meetings_and_offers_of_another_thread_cannot_be_reached_through_ones_own() {
    let college = College::sample().await;
    let theirs = agreed(&college).await;
    let mut priya = college.browser_of(PRIYA).await;
    let meeting = priya.get(&theirs).await.form("/cancellation").action;
    let meeting = crate::story::id_in(&meeting, "meetings");
    let mut minh = college.browser_of(MINH).await;
    let own = ask(&mut minh, &college, PRIYA).await;
    offer(&mut priya, &theirs, ("2026-12-03", "15:00")).await;
    let open = college.browser_of(SAM).await.get(&theirs).await.form("/acceptance");
    let fields = |version: &str| {
        let mut fields = filled(&college, version);
        fields.retain(|(name, _)| name != "offer");
        fields.push(("offer".to_owned(), open.get("offer").unwrap().to_owned()));
        fields.push(("replaces".to_owned(), meeting.clone()));
        fields
    };
    send(&mut minh, &format!("{own}/acceptance"), &fields("1")).await.is(422).says("That offer is not open any more.");
    let not_booked = "That meeting is not booked any more.";
    send(&mut minh, &format!("{own}/meetings/{meeting}/cancellation"), &fields("1")).await.is(422).says(not_booked);
    send(&mut minh, &format!("{own}/offers"), &fields("1")).await.is(422).says(not_booked);
    send(&mut priya, &format!("{own}/meetings/{meeting}/outcome"), &fields("1")).await.is(422).says(not_booked);
    send(&mut minh, &format!("{own}/meetings/nonsense/cancellation"), &fields("1")).await.is(404);
    let never = [("cancellation", 422, not_booked), ("outcome", 404, "There is nothing at this address")];
    for (act, status, sentence) in never {
        let page = send(&mut minh, &format!("{own}/meetings/{NOTHING}/{act}"), &fields("1")).await;
        page.is(status).says(sentence);
    }
    college.browser_of(SAM).await.get(&theirs).await.says("You meet Tue 24 Nov, 10:30");
}

#[tokio::test]
async fn what_is_no_form_of_ours_gets_a_sentence() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let csrf = sam.csrf().await;
    let bodies: [(&str, Vec<u8>); 5] = [
        ("application/json", format!("{{\"csrf\":\"{csrf}\"}}").into_bytes()),
        (
            "multipart/form-data; boundary=x",
            format!("--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x--").into_bytes(),
        ),
        ("text/plain", format!("csrf={csrf}").into_bytes()),
        ("", format!("csrf={csrf}").into_bytes()),
        ("application/octet-stream", vec![0, 159, 146, 150]),
    ];
    for path in ["/support", "/support/suggestions", "/account/note-key", "/sign-in", "/set-up/x", "/sign-in/sample"] {
        for (kind, body) in bodies.clone() {
            let mut request = Request::post(path);
            if !kind.is_empty() {
                request = request.header("content-type", kind);
            }
            let page = sam.request(request, Body::from(body)).await;
            page.is(400).says("Your browser sent something that is not a form of ours. Nothing was done.");
        }
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_taken_as_such_and_break_nothing() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let csrf = sam.csrf().await;
    for theme in ["%FF%FE", "%00", "%C3", "%", "%zz", "\u{0}"] {
        let body = format!("csrf={csrf}&theme={theme}&practitioner={theme}&once={theme}&why={theme}");
        let request = Request::post("/support").header("content-type", FORM);
        let page = sam.request(request, Body::from(body)).await;
        assert!([400, 422].contains(&page.status), "{theme:?} {}", page.status);
    }
    let mut raw = format!("csrf={csrf}&theme=").into_bytes();
    raw.extend([0xff, 0xfe, 0, 0x80]);
    let request = Request::post("/support").header("content-type", FORM);
    assert!([400, 422].contains(&sam.request(request, Body::from(raw)).await.status));
}

#[tokio::test]
async fn addresses_that_cannot_be_read_are_not_found() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let nowhere = sam.get("/nowhere").await;
    for path in
        ["/support/%FF", "/support/%00", "/support/..%2F..%2Fetc", "/practitioners/%FF", "/support/%ZZ", "/set-up%2Fx"]
    {
        let page = sam.get(path).await;
        assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes), "{path}");
    }
    let page = sam.forge("/support/%FF/offers", &[]).await;
    assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes));
}

#[tokio::test]
async fn questions_in_an_address_that_make_no_sense_are_left_out() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    for question in
        ["page=x", "page=-1", "page=", "page=99999999999999999999", "find=%FF", "find=a&find=b", "%FF=%FF", "&&==&"]
    {
        marek.get(&format!("/people?{question}")).await.is(200).says("Staff");
    }
    let mut priya = college.browser_of(PRIYA).await;
    for question in ["of=%FF", "of=1&of=2", "of"] {
        priya.get(&format!("/week?{question}")).await.is(200);
    }
    for question in ["with=%FF", "with=x", "with=1&with=2", "with="] {
        priya.get(&format!("/support/new?{question}")).await.is(200);
    }
}

#[tokio::test]
async fn a_form_that_holds_too_much_gets_a_sentence_and_does_nothing() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await;
    let long = "x".repeat(100_000);
    for path in ["/support", "/sign-in", "/account/password", "/set-up/x"] {
        let mut form = form.clone().with("why", &long);
        form.action = path.to_owned();
        sam.send(&form).await.is(413).says("That was more than a form can hold. Nothing was done.");
    }
    sam.get("/support").await.says("Your requests and meetings will be here.");
    let almost = form.with("padding", "x".repeat(60_000));
    sam.send(&almost).await.is(303);
    let many: Vec<(String, String)> = (0..6000).map(|n| (format!("theme{n}"), String::new())).collect();
    let page = sam.post("/support/new", &many).await;
    assert!([403, 413].contains(&page.status));
}

/// R-MEE-5.
#[tokio::test]
async fn a_time_that_the_clocks_skip_is_refused_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    college.clock("2027-03-20T09:00");
    let mut sam = college.browser_of(SAM).await;
    let place = ask(&mut sam, &college, PRIYA).await;
    let form = sam.get(&place).await.form("/offers");
    let page = sam.send(&form.clone().with("day", "2027-03-28").with("time", "01:30")).await;
    page.is(422).says("The clocks go forward that night: Sun 28 Mar, 01:30 does not exist. Choose another time.");
    let kept = page.form("/offers");
    assert_eq!((kept.get("day"), kept.get("time")), (Some("2027-03-28"), Some("01:30")));
    sam.does(&form.with("day", "2027-03-28").with("time", "02:00")).await.says("Sun 28 Mar, 02:00");
}

/// R-SUP-6.
#[tokio::test]
async fn times_that_have_passed_or_are_none_are_refused_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let place = ask(&mut sam, &college, PRIYA).await;
    let form = sam.get(&place).await.form("/offers");
    for (day, time, sentence) in [
        ("2026-11-24", "08:59", "That time has passed. Choose a later one."),
        ("2026-11-24", "09:00", "That time has passed."),
        ("1066-10-14", "10:00", "That time has passed."),
        ("2027-01-20", "10:00", "Offer times within the next eight weeks."),
        ("9999-12-01", "23:59", "Offer times within the next eight weeks."),
        ("2026-02-30", "10:00", "Give a day and a time"),
        ("2026-12-03", "25:00", "Give a day and a time"),
        ("2026-12-03", "", "Give a day and a time"),
        ("", "10:00", "Give a day and a time"),
        ("next week", "noon", "Give a day and a time"),
        ("", "", "Offer one to 3 times"),
    ] {
        let page = sam.send(&form.clone().with("day", day).with("time", time)).await;
        page.is(422).says(sentence);
        let kept = page.form("/offers");
        assert_eq!((kept.get("day"), kept.get("time")), (Some(day), Some(time)));
    }
    for slot in ["0", "-1", "1", "99999999999", "9223372036854775807", "-9223372036854775808", "x", "1e9"] {
        let page = sam.send(&form.clone().with("slot", slot)).await;
        page.is(422);
    }
    for length in ["0", "-45", "4", "481", "9223372036854775807", "-9223372036854775808"] {
        let page = sam.send(&form.clone().with("day", "2026-12-03").with("time", "10:00").with("length", length)).await;
        page.is(422).says("A meeting lasts between 5 minutes and 8 hours.");
    }
    let twice = form.with("slot", "1796119200").and("slot", "1796119200");
    sam.send(&twice).await.is(422).says("each of them different");
    sam.get(&place).await.says("It waits for Priya. They accept");
}

/// R-MEE-3.
#[tokio::test]
async fn minutes_of_a_meeting_that_are_none_are_refused_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    college.clock("2026-11-24T11:45");
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get(&place).await.form("/outcome").with("outcome", "held");
    for length in ["0", "-5", "481", "", "long", "99999999999999999999"] {
        let page = priya.send(&form.clone().with("length", length)).await;
        page.is(422).says("A meeting lasts between 5 minutes and 8 hours.");
        if !length.is_empty() {
            assert_eq!(page.form("/outcome").get("length"), Some(length));
        }
    }
    for outcome in ["moved", "booked", "called-off", "", "nonsense"] {
        let page = priya.send(&form.clone().with("outcome", outcome)).await;
        assert!([404, 422].contains(&page.status), "{outcome} {}", page.status);
    }
    priya.get("/hours").await.says("0 min used, 1 h booked");
    priya.does(&form.clone().with("length", 30)).await.says("Noted.");
    let again = priya.get(&place).await.form("/outcome").with("outcome", "held").with("length", 0);
    priya.send(&again).await.is(422).says("A meeting lasts between 5 minutes and 8 hours.");
    priya.get("/hours").await.says("30 min used");
}

/// R-SUP-5.
#[tokio::test]
async fn a_wish_that_is_not_published_or_has_passed_is_refused_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await.with("place", "online");
    let wish = format!("wish-{}", college.id(PRIYA));
    for starts in ["0", "-1", "1796119201", "9223372036854775807", "-9223372036854775808"] {
        let page = sam.send(&form.clone().with(&wish, starts)).await;
        page.is(422).says("That time is not among the published support hours any more.");
        let kept = page.form("/support");
        assert_eq!((kept.get("place"), kept.get("practitioner")), (Some("online"), Some(college.id(PRIYA).as_str())));
    }
    let early = sam.get("/support/new").await.choice(&wish, "Tue 24 Nov 10:30");
    college.clock("2026-11-24T10:30");
    sam.send(&form.with(&wish, early)).await.is(422).says("That time is not among the published support hours");
    sam.get("/support").await.says("Your requests and meetings will be here.");
}

#[tokio::test]
async fn themes_people_and_choices_that_do_not_exist_are_refused_or_left_out() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await;
    sam.send(&form.clone().with("theme", NOTHING)).await.is(422).says("Choose at least one theme.");
    sam.send(&form.clone().with("theme", "x")).await.is(422).says("Choose at least one theme.");
    sam.send(&form.clone().with("practitioner", NOTHING)).await.is(404);
    sam.send(&form.clone().with("practitioner", "x")).await.is(422).says("Choose who you would like to work with.");
    let odd = form.with("why", "because\0").with("place", "the moon").with("span", "\u{202e}");
    sam.does(&odd.with("once", "o\0nce")).await.says("Sent.").says("Informal, just once");
    let mut priya = college.browser_of(PRIYA).await;
    let profile = priya.get("/practice").await.form("/profile").with("about", "a\0b\u{7}\u{202e}c");
    let page = priya.send(&profile).await;
    assert!([303, 422].contains(&page.status), "{}", page.status);
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_not_found() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let nowhere = sam.get("/nowhere").await;
    let never = format!("/support/{NOTHING}/end");
    for (method, path) in [
        ("GET", "/sign-out"),
        ("GET", "/support/suggestions"),
        ("GET", &never),
        ("POST", "/week"),
        ("DELETE", "/support"),
        ("PUT", "/account"),
    ] {
        let page = sam.request(Request::builder().method(method).uri(path), Body::empty()).await;
        assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes), "{method} {path}");
    }
    let head = sam.request(Request::head("/support"), Body::empty()).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
}

#[tokio::test]
async fn a_practitioner_agrees_twice_at_once_and_there_is_one_meeting() {
    let college = College::sample().await;
    let place = ask_for(&mut college.browser_of(SAM).await, &college, (PRIYA, "Wed 25 Nov 09:00")).await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get(&place).await.form("/acceptance");
    let mut other = priya.clone();
    let (one, two) = tokio::join!(priya.send(&form), other.send(&form));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    priya.get("/hours").await.says("0 min used, 1 h booked");
    offer(&mut priya, &place, ("2026-12-04", "15:00")).await;
    agree(&mut college.browser_of(SAM).await, &place).await;
}
