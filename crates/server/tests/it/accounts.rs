//! Signing in and out, passwords, set-up links, sessions.

use domain::programme::Model;

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;

const WORDS: &str = "correct horse battery";

async fn try_in(browser: &mut Browser, email: &str, password: &str) -> Page {
    let form = browser.get("/sign-in").await.form("/sign-in");
    browser.send(&form.with("email", email).with("password", password)).await
}

async fn change(browser: &mut Browser, (current, new, again): (&str, &str, &str)) -> Page {
    let form = browser.get("/account").await.form("/account/password");
    browser.send(&form.with("current", current).with("new", new).with("again", again)).await
}

/// R-ACC-1.
#[tokio::test]
async fn a_known_and_an_unknown_address_read_the_same_but_for_what_was_typed() {
    let college = College::real(Model::Universal).await;
    college.browser_with_password(SAM).await;
    let mut marek = college.browser_with_password(MAREK).await;
    college.browser_with_password(MINH).await;
    let off = marek.get("/people").await.form(&format!("{}/account", college.id(MINH)));
    marek.does(&off).await.is(200);
    let mut browser = college.browser();
    let mut answers = Vec::new();
    // A wrong password, no password yet, an account that is off (with the right one), nobody at all.
    for who in ["sam.okafor", "priya.nair", "minh.khai", "nobody.here"] {
        let email = format!("{who}@college.example");
        let password = if who == "minh.khai" { WORDS } else { "wrong wrong wrong" };
        let page = try_in(&mut browser, &email, password).await;
        page.is(422).says("That e-mail address and password do not go together.");
        assert_eq!(page.form("/sign-in").get("email"), Some(email.as_str()), "what was typed is kept");
        answers.push((
            page.headers.iter().filter(|(name, _)| name != "content-length").cloned().collect::<Vec<_>>(),
            page.body().replace(&email, ""),
        ));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

/// R-ACC-3.
#[tokio::test]
async fn ten_wrong_passwords_and_then_not_even_the_right_one_for_a_quarter_of_an_hour() {
    let college = College::real(Model::Universal).await;
    college.browser_with_password(SAM).await;
    let mut browser = college.browser();
    for email in ["sam.okafor@college.example", "nobody@college.example"] {
        for _ in 0..10 {
            try_in(&mut browser, email, "wrong wrong wrong").await.is(422);
        }
        let page = try_in(&mut browser, &email.to_uppercase(), WORDS).await;
        page.is(429).says("Too many wrong tries. Wait a quarter of an hour, then try again.");
    }
    try_in(&mut browser, "sam.okafor@college.example", WORDS).await.is(429);
    college.clock("2026-11-24T09:15");
    try_in(&mut browser, "Sam.Okafor@college.example ", WORDS).await.is(303);
}

/// R-ACC-2.
#[tokio::test]
async fn a_session_ends_two_hours_after_its_last_use_and_twelve_hours_after_it_began() {
    let college = College::sample().await;
    let mut idle = college.browser_of(SAM).await;
    let mut busy = college.browser_of(PRIYA).await;
    for time in ["10:55", "12:50", "14:45", "16:40", "18:35", "20:30"] {
        college.clock(&format!("2026-11-24T{time}"));
        busy.get("/week").await.is(200);
    }
    let page = idle.get("/support").await;
    assert_eq!((page.status, page.header("location")), (303, Some("/sign-in")));
    college.clock("2026-11-24T21:00");
    busy.get("/week").await.is(200);
    college.clock("2026-11-24T21:00:01");
    busy.get("/week").await.is(303);
    let mut late = college.browser_of(SAM).await;
    college.clock("2026-11-24T23:00:01");
    late.get("/support").await.is(200);
    college.clock("2026-11-25T01:00:02");
    late.get("/support").await.is(303);
}

/// R-ACC-4.
#[tokio::test]
async fn a_password_is_changed_with_the_current_one_and_other_sessions_end() {
    let college = College::real(Model::Universal).await;
    let mut sam = college.browser_with_password(SAM).await;
    let mut elsewhere = college.browser();
    try_in(&mut elsewhere, "sam.okafor@college.example", WORDS).await.is(303);
    let fresh = "another long password";
    for (words, sentence) in [
        (("wrong", fresh, fresh), "Your current password is not right."),
        ((WORDS, "short", "short"), "Choose at least 12 characters."),
        ((WORDS, &"x".repeat(201), &"x".repeat(201)), "Choose at most 200 characters."),
        ((WORDS, fresh, "another long passwort"), "The two do not match."),
    ] {
        let page = change(&mut sam, words).await;
        page.is(422).says(sentence).is_silent_about(fresh);
    }
    let done = change(&mut sam, (WORDS, fresh, fresh)).await;
    sam.follow(done).await.says("Your password is changed. All other sessions are signed out.");
    elsewhere.get("/account").await.is(303);
    try_in(&mut elsewhere, "sam.okafor@college.example", WORDS).await.is(422);
    try_in(&mut elsewhere, "sam.okafor@college.example", fresh).await.is(303);
}

/// R-ACC-5.
#[tokio::test]
async fn a_set_up_link_works_once_for_three_days_and_a_new_one_ends_it() {
    let college = College::real(Model::Universal).await;
    let first = college.link(SAM).await;
    let link = college.link(SAM).await;
    let mut browser = college.browser();
    let gone = "This link does not work any more";
    browser.get(&format!("/set-up/{first}")).await.is(404).says(gone);
    let page = browser.get(&format!("/set-up/{link}")).await;
    let form = page.is(200).form(&link);
    for (new, again, sentence) in
        [("short", "short", "Choose at least 12"), (WORDS, "correct horse batter", "do not match")]
    {
        browser.send(&form.clone().with("new", new).with("again", again)).await.is(422).says(sentence);
    }
    let form = form.with("new", WORDS).with("again", WORDS);
    browser.send(&form).await.is(303);
    browser.send(&form).await.is(404).says(gone);
    let used = browser.get(&format!("/set-up/{link}")).await;
    let never = browser.get("/set-up/0123").await;
    assert_eq!((used.status, &used.bytes, &used.headers), (never.status, &never.bytes, &never.headers));
    try_in(&mut browser, "sam.okafor@college.example", WORDS).await.is(303);
    let late = college.link(SAM).await;
    college.clock("2026-11-27T09:00:01");
    browser.get(&format!("/set-up/{late}")).await.is(404);
}

/// R-ACC-5.
#[tokio::test]
async fn using_a_set_up_link_ends_every_session() {
    let college = College::real(Model::Universal).await;
    let mut old = college.browser_with_password(SAM).await;
    old.get("/account").await.is(200);
    college.browser_with_password(SAM).await.get("/account").await.is(200);
    old.get("/account").await.is(303);
}

async fn forgotten(browser: &mut Browser, email: &str) -> Page {
    let form = browser.get("/forgotten").await.form("/forgotten");
    browser.send(&form.with("email", email)).await
}

/// R-ACC-7.
#[tokio::test]
async fn asking_for_a_link_reads_the_same_for_everybody_and_does_the_same_work() {
    let college = College::real(Model::Universal).await;
    let mut marek = college.browser_with_password(MAREK).await;
    let off = marek.get("/people").await.form(&format!("{}/account", college.id(MINH)));
    marek.does(&off).await.is(200);
    let mut browser = college.browser();
    let mut answers = Vec::new();
    for email in ["sam.okafor", "marek.nowicki", "minh.khai", "nobody.here"] {
        let answer = forgotten(&mut browser, &format!("{email}@college.example")).await;
        let page = browser.follow(answer.clone()).await;
        answers.push((answer.status, answer.headers, answer.bytes, page.headers, page.bytes));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(college.mails().is_empty(), "looked up apart from the answer");
    college.post().await;
    let to = |name: &str| college.mails().iter().filter(|(_, text)| text.contains(&format!("To: {name}@"))).count();
    assert_eq!([to("sam.okafor"), to("marek.nowicki"), to("minh.khai"), to("nobody.here")], [1, 1, 0, 0]);
    for email in ["", "sam", "@", "sam@"] {
        let page = forgotten(&mut browser, email).await;
        page.is(422).says("Give your whole work address");
        assert_eq!(page.form("/forgotten").get("email"), Some(email), "what was typed is kept");
    }
}

/// R-ACC-7.
#[tokio::test]
async fn three_links_in_a_quarter_of_an_hour_whether_or_not_anybody_has_the_address() {
    let college = College::real(Model::Universal).await;
    let mut browser = college.browser();
    for email in ["sam.okafor@college.example", "nobody@college.example"] {
        for _ in 0..3 {
            forgotten(&mut browser, email).await.is(303);
        }
        forgotten(&mut browser, &email.to_uppercase()).await.is(429).says("Links were asked for too often.");
    }
    college.post().await;
    assert_eq!(college.mails().len(), 1, "the newest takes back those that were not sent yet");
    college.clock("2026-11-24T09:15");
    forgotten(&mut browser, "sam.okafor@college.example").await.is(303);
}

/// R-ACC-7, R-ACC-8, R-ACC-9.
#[tokio::test]
async fn forgotten_then_a_link_then_a_new_password_and_the_person_is_told() {
    let college = College::real(Model::Universal).await;
    let mut old = college.browser_with_password(SAM).await;
    let mut browser = college.browser();
    let sign_in = browser.get("/sign-in").await;
    assert!(sign_in.links().contains("/forgotten"));
    forgotten(&mut browser, "Sam.Okafor@college.example").await.is(303);
    college.post().await;
    let link = crate::story::link_in(&college.mails()[0].1);
    let fresh = "another long password";
    let form = browser.get(&link).await.form(&link).with("new", fresh).with("again", fresh);
    browser.send(&form).await.is(303);
    old.get("/support").await.is(303);
    college.post().await;
    let told = college.mails().into_iter().filter(|(_, text)| text.contains("password of your account")).count();
    assert_eq!(told, 1);
    try_in(&mut browser, "sam.okafor@college.example", fresh).await.is(303);
    let account = browser.get("/account").await;
    account.says("A new password was chosen with a link.").says("Somebody asked on the sign-in page for a link");
    account.says("Where you are signed in A browser this one");
    account.is_silent_about(&link);
}

/// R-ACC-9.
#[tokio::test]
async fn a_session_elsewhere_is_ended_from_the_list() {
    let college = College::sample().await;
    let (mut here, mut there) = (college.browser_of(SAM).await, college.browser_of(SAM).await);
    let forms = here.get("/account").await.forms();
    let end = forms.iter().find(|form| form.action.starts_with("/account/sessions/")).expect("another session").clone();
    let mut joe = college.browser_of(JOE).await;
    joe.forge(&end.action, &[]).await.is(404);
    there.get("/support").await.is(200);
    here.does(&end).await.says("That session is signed out.");
    there.get("/support").await.is(303);
    here.send(&end).await.is(404);
}

/// R-MAI-3.
#[tokio::test]
async fn how_often_mail_comes_is_ones_own_choice() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get("/account").await.form("/account/mail");
    assert_eq!(form.get("rhythm"), Some("daily"), "without a choice");
    sam.does(&form.clone().with("rhythm", "weekly")).await.says("Saved.");
    assert_eq!(sam.get("/account").await.form("/account/mail").get("rhythm"), Some("weekly"));
    let page = sam.send(&form.with("rhythm", "hourly")).await;
    page.is(422).says("Choose how often you want to hear that something is waiting.");
}

/// R-ACC-11.
#[tokio::test]
async fn an_administrator_has_links_mailed_and_no_page_holds_one() {
    let college = College::real(Model::Universal).await;
    let mut marek = college.browser_with_password(MAREK).await;
    let invite = marek.get("/people?find=sam").await.form("/invitation");
    marek.does(&invite).await.says("A set-up link is on its way to them.");
    college.post().await;
    let link = crate::story::link_in(&college.mails()[0].1);
    let secret = link.rsplit('/').next().unwrap();
    let page = marek.get("/people?find=sam").await;
    page.says("link sent, no password yet").is_silent_about(secret);
    assert!(page.headers.iter().all(|(_, value)| !value.contains(secret)));
    let all = marek.get("/people").await.form("/people/invitations");
    marek.does(&all).await.says("Set-up links are on their way to everybody without a password.");
    college.post().await;
    assert_eq!(college.mails().iter().filter(|(_, text)| text.contains("/set-up/")).count(), 17);
    let mut browser = college.browser();
    browser.get(&link).await.is(404).says("a newer one was sent");
    let mut elaine = college.browser_with_password(ELAINE).await;
    elaine.forge(&invite.action, &[]).await.is(404);
    elaine.forge("/people/invitations", &[]).await.is(404);
    marek.get("/people?find=elaine").await.says("password chosen");
    let csrf = marek.csrf().await;
    let late = marek.send(&invite.with("csrf", csrf)).await;
    late.is(303);
}

/// R-ACC-6.
#[tokio::test]
async fn only_the_sample_college_opens_without_a_password() {
    let real = College::real(Model::Universal).await;
    let mut browser = real.browser();
    browser.get("/sign-in").await.says("Harbour College").is_silent_about("Or look around");
    let fields = [("person".to_owned(), real.id(SAM))];
    let refused = browser.post("/sign-in/sample", &fields).await;
    let nowhere = browser.get("/nowhere").await;
    assert_eq!((refused.status, &refused.bytes), (404, &nowhere.bytes));
    let mut sam = real.browser_with_password(SAM).await;
    sam.get("/sample").await.is(404);
    sam.forge("/sample/clock", &[("by", "week")]).await.is(404);
    let sample = College::sample().await;
    let page = sample.browser().get("/sign-in").await;
    page.says("Or look around as somebody").says("Sam Okafor");
    let stranger = [("person".to_owned(), crate::story::NOTHING.to_owned())];
    sample.browser().post("/sign-in/sample", &stranger).await.is(404);
}

#[tokio::test]
async fn signing_out_ends_this_session_and_signing_out_elsewhere_all_others() {
    let college = College::sample().await;
    let (mut one, mut two) = (college.browser_of(SAM).await, college.browser_of(SAM).await);
    let form = one.get("/account").await.form("/account/sessions");
    one.does(&form).await.says("All other sessions are signed out.");
    two.get("/support").await.is(303);
    let form = one.get("/account").await.form("/sign-out");
    let old = one.clone();
    one.does(&form).await.says("Sign in");
    assert!(!one.cookies.contains_key("alongside"));
    let mut old = old;
    old.get("/support").await.is(303);
}

#[tokio::test]
async fn the_key_for_noting_can_be_switched_off_by_practitioners() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    assert_eq!(priya.get("/week").await.attributes_of("body", "data-note-key"), ["/hours/new"]);
    let form = priya.get("/account").await.form("/note-key").without("on");
    priya.does(&form).await.says("Saved.");
    assert!(priya.get("/week").await.attributes_of("body", "data-note-key").is_empty());
    let mut sam = college.browser_of(SAM).await;
    assert!(!sam.get("/account").await.has_form("/note-key"));
}

#[tokio::test]
async fn the_session_cookie_is_hidden_from_scripts_and_secure_over_https() {
    let college = College::sample().await;
    let body = format!("person={}", college.id(SAM));
    for (proto, secure) in [("http", false), ("https", true)] {
        let request = axum::http::Request::post("/sign-in/sample").header("x-forwarded-proto", proto);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let page = college.browser().request(request, body.clone().into()).await;
        let cookie = page.header("set-cookie").unwrap();
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
    }
}

#[tokio::test]
async fn nobody_signed_in_is_sent_to_sign_in_whatever_they_ask_for() {
    let college = College::sample().await;
    let mut browser = college.browser();
    for path in [
        "/",
        "/support",
        "/support/new",
        "/week",
        "/hours",
        "/hours/new",
        "/programme",
        "/people",
        "/practice",
        "/practitioners",
        "/promise",
        "/account",
    ] {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.header("location")), (303, Some("/sign-in")), "{path}");
    }
    for cookie in ["", "x", "é", &"0".repeat(64)] {
        browser.cookies.insert("alongside".to_owned(), cookie.replace('é', "%C3%A9"));
        browser.get("/support").await.is(303);
    }
}
