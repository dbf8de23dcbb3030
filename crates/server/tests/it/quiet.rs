//! Non-interference: two colleges that differ in what one teacher asked look the same to everybody else, byte for byte,
//! until the lead's board is worked out anew.

mod days;
mod disclosed;
mod places;
mod required;
mod said;
mod sessions;

use std::collections::BTreeSet;

use domain::programme::Model;

use crate::browser::Browser;
use crate::college::*;
use crate::page::{Form, Page};
use crate::story::{self, NOTHING};
use places::{acts, addresses};

/// Everybody but the two, of every role, and nobody at all.
const ONLOOKERS: [&str; 15] = [
    NADIA,
    ELAINE,
    DAFYDD,
    HELEN,
    "Ruth Adeyemi",
    "Farida Chowdhury",
    "Bethan Pryce",
    MAREK,
    "Grace Oyelaran",
    JOE,
    TOM,
    MINH,
    "ليلى حداد",
    "<script>alert(1)</script> O'Neill & “Sons”",
    "",
];

/// What is in the one college and not in the other.
#[derive(Debug, Default)]
struct Secret {
    thread: String,
    meeting: String,
    entry: String,
    disclosure: String,
}

/// Two colleges with the same seed and clock.
struct Pair {
    plain: College,
    other: College,
    secret: Secret,
    step: u64,
}

/// The same person before each of the two.
struct Twins {
    plain: Browser,
    other: Browser,
}

impl Pair {
    async fn new() -> Self {
        let made = || College::made(true, Model::Universal, STAFF);
        Self { plain: made().await, other: made().await, secret: Secret::default(), step: 1000 }
    }

    /// The same chance for what comes next, and one that was not there before.
    fn next(&mut self) {
        self.step += 1;
        self.plain.chance.restart(self.step);
        self.other.chance.restart(self.step);
    }

    fn clock(&self, local: &str) {
        self.plain.clock(local);
        self.other.clock(local);
    }

    async fn due(&mut self) {
        self.next();
        self.plain.due().await;
        self.other.due().await;
        self.next();
        self.plain.post().await;
        self.other.post().await;
        self.same_mail();
    }

    /// Mail to everybody but the two, who may hear of it: how many each gets and what it says, but for its identifier.
    fn same_mail(&self) -> Vec<String> {
        let mails = |college: &College| {
            let plain = |(name, text): (String, String)| text.replace(name.trim_end_matches(".eml"), "");
            let two = |text: &String| ["sam.okafor@", "priya.nair@"].iter().any(|who| text.contains(who));
            let mut all: Vec<String> = college.mails().into_iter().map(plain).filter(|text| !two(text)).collect();
            all.sort();
            all
        };
        let (plain, other) = (mails(&self.plain), mails(&self.other));
        assert_eq!(plain, other);
        plain
    }

    async fn twins(&mut self, who: &str) -> Twins {
        self.next();
        if who.is_empty() {
            return Twins { plain: self.plain.browser().trusting(), other: self.other.browser().trusting() };
        }
        let (plain, other) = (self.plain.browser_of(who).await, self.other.browser_of(who).await);
        Twins { plain: plain.trusting(), other: other.trusting() }
    }

    async fn pages(&mut self, twins: &mut Twins, path: &str) -> (Page, Page) {
        self.next();
        (twins.plain.get(path).await, twins.other.get(path).await)
    }

    /// Looks at an address in both colleges and asserts that it is the same.
    async fn look(&mut self, twins: &mut Twins, (who, path): (&str, &str)) -> Page {
        let (plain, other) = self.pages(twins, path).await;
        same(who, &plain, &other);
        plain
    }

    /// Sends the same form in both and asserts that the answers are the same.
    async fn send(&mut self, twins: &mut Twins, (who, form): (&str, &Form)) -> Page {
        self.next();
        let (plain, other) = (twins.plain.send(form).await, twins.other.send(form).await);
        same(who, &plain, &other);
        plain
    }

    /// Every page somebody can come to: all links from the start page on, and every address of the program.
    async fn walk(&mut self, who: &str) -> BTreeSet<String> {
        let mut twins = self.twins(who).await;
        let mut open: Vec<String> = addresses(&self.plain, &self.secret);
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        while let Some(path) = open.pop() {
            let page = self.look(&mut twins, (who, &path)).await;
            let onward = page.links().into_iter().chain(page.header("location").map(str::to_owned));
            // Weeks link on for ever; these are enough.
            let fresh = onward.filter(|link| !link.starts_with("/week?")).filter(|link| seen.insert(link.clone()));
            open.extend(fresh.collect::<Vec<_>>());
        }
        seen
    }

    /// Everything one could try to do to what is secret: the answer is that of something that never existed.
    async fn knock(&mut self, twins: &mut Twins, who: &str) {
        let csrf = self.csrf(twins, who).await;
        for (path, never) in acts(&self.secret).into_iter().zip(acts(&Secret::never())) {
            let fields =
                |form: Form| form.with("version", 1).with("outcome", "held").with("length", 45).with("offer", NOTHING);
            let form = |action| fields(Form { action, fields: vec![("csrf".to_owned(), csrf.clone())] });
            let there = self.send(twins, (who, &form(path))).await;
            let nowhere = self.send(twins, (who, &form(never))).await;
            assert_eq!((there.status, &there.bytes), (nowhere.status, &nowhere.bytes), "{who}");
            assert!(
                there.status == 404 || who.is_empty() && there.status == 303,
                "{who} {} {}",
                there.path,
                there.status
            );
        }
    }

    async fn csrf(&mut self, twins: &mut Twins, who: &str) -> String {
        if who.is_empty() {
            return String::new();
        }
        let account = self.look(twins, (who, "/account")).await;
        account.form("/sign-out").get("csrf").unwrap().to_owned()
    }

    async fn walk_everybody(&mut self) {
        for who in ONLOOKERS {
            let seen = self.walk(who).await;
            assert!(seen.len() > 15, "{who} came to {seen:?}");
        }
    }

    /// Those to whom the last act might have shown something.
    async fn walk_some(&mut self) {
        for who in [NADIA, JOE, HELEN, MAREK] {
            self.walk(who).await;
        }
    }

    async fn knock_everybody(&mut self) {
        for who in ONLOOKERS {
            let mut twins = self.twins(who).await;
            self.knock(&mut twins, who).await;
        }
    }

    /// Does something in both: opens a page, fills a form of it in, sends it.
    async fn act(&mut self, who: &str, (path, end): (&str, &str), fill: impl Fn(Form) -> Form) -> Page {
        let mut twins = self.twins(who).await;
        let form = fill(self.look(&mut twins, (who, path)).await.form(end));
        let answer = self.send(&mut twins, (who, &form)).await;
        let place = answer.header("location").map(str::to_owned);
        if let Some(place) = place { self.look(&mut twins, (who, &place)).await } else { answer }
    }
}

impl Secret {
    fn never() -> Self {
        let nothing = || NOTHING.to_owned();
        Self { thread: nothing(), meeting: nothing(), entry: nothing(), disclosure: nothing() }
    }
}

#[track_caller]
fn same(who: &str, plain: &Page, other: &Page) {
    assert!(
        plain == other,
        "{who} can tell the two colleges apart by {}:\n{} {:?}\n{}\n----\n{} {:?}\n{}",
        plain.path,
        plain.status,
        plain.headers,
        plain.body(),
        other.status,
        other.headers,
        other.body()
    );
}

/// What others do in the days after: each must go the same way in both colleges.
async fn days_after(pair: &mut Pair) {
    let (sam, priya, joe) = (pair.plain.id(SAM), pair.plain.id(PRIYA), pair.plain.id(JOE));
    let account = |id: &str| format!("/people/{id}/account");
    for id in [&sam, &priya] {
        pair.act(MAREK, ("/people", &account(id)), |form| form).await.says("The account is off.");
        pair.walk_some().await;
        pair.act(MAREK, ("/people", &account(id)), |form| form).await.says("The account is on again.");
    }
    pair.act(MINH, (&format!("/practitioners/{joe}"), "/avoidance"), |form| form).await.says("They will not be");
    pair.act(MINH, (&format!("/practitioners/{joe}"), "/avoidance"), |form| form).await.says("suggested to you again");
    let mut minh = pair.twins(MINH).await;
    let themes = pair.look(&mut minh, (MINH, "/support/new")).await;
    let theme = themes.choice("theme", "Questioning");
    let asks = |form: Form| form.and("theme", &theme).with("practitioner", &joe);
    pair.act(MINH, ("/support/new", "/support"), asks).await.says("Sent.");
    // The time she wishes for may be taken in the one college; only the practitioner's answer could tell.
    let (priya_wish, tuesday) = (format!("wish-{priya}"), instant("2026-12-01T10:30").to_string());
    let asks = |form: Form| form.and("theme", &theme).with("practitioner", &priya).with(&priya_wish, &tuesday);
    let place = pair.act(MINH, ("/support/new", "/support"), asks).await.says("Sent.").place().to_owned();
    pair.act(MINH, (&place, "/withdrawal"), |form| form).await.says("Taken back.");
    pair.act(JOE, ("/hours/new", "/hours"), |form| form.with("with", &sam).with("minutes", 10)).await.says("Noted.");
    pair.act(JOE, ("/practice", "/support-hours"), |form| form.with("hours", "Wed 11:00-12:00")).await.says("Saved.");
    pair.act(TOM, ("/practice", "/profile"), |form| form.with("about", "New words.")).await.says("Saved.");
    let mut twins = pair.twins(MINH).await;
    let csrf = pair.csrf(&mut twins, MINH).await;
    let fields = vec![("csrf".to_owned(), csrf), ("theme".to_owned(), theme)];
    let form = Form { action: "/support/suggestions".to_owned(), fields };
    pair.send(&mut twins, (MINH, &form)).await.is(200);
}

/// All of it, up to the Monday after. `board`: what the lead's board says of the practitioner then, if it differs.
async fn nobody_can_tell(mut pair: Pair, board: Option<[&str; 2]>) {
    pair.walk_everybody().await;
    pair.knock_everybody().await;
    days_after(&mut pair).await;
    days::changes_by_hand(&mut pair).await;
    days::line_changes(&mut pair).await;
    days::mail(&mut pair).await;
    pair.clock("2026-11-29T23:59");
    pair.due().await;
    pair.walk_everybody().await;
    pair.clock("2026-11-30T00:05");
    pair.due().await;
    for who in ONLOOKERS.into_iter().filter(|who| board.is_none() || ![HELEN, DAFYDD].contains(who)) {
        pair.walk(who).await;
    }
    let mut twins = pair.twins(HELEN).await;
    let (plain, other) = pair.pages(&mut twins, "/programme").await;
    let Some([without, with]) = board else { return assert_eq!(plain, other) };
    assert_ne!(plain.bytes, other.bytes, "the lead's board does not know of it, so this test could not fail");
    let row = |page: &Page| page.texts("tr").into_iter().find(|row| row.contains(PRIYA)).unwrap();
    assert!(row(&plain).contains(without), "{}", row(&plain));
    assert!(row(&other).contains(with), "{}", row(&other));
    let mut twins = pair.twins(DAFYDD).await;
    let (_, other) = pair.pages(&mut twins, "/programme").await;
    assert!(!row(&other).contains("longest"), "{}", row(&other));
}

fn thread_in(place: &str) -> String {
    story::id_in(place, "support")
}

/// R-SUP-1, R-SUP-3, R-SUP-15 OBS-08, CON-03: not even after a formal observation does anything go back.
#[tokio::test]
async fn nobody_but_the_two_can_tell_that_a_teacher_asked() {
    let mut pair = Pair::new().await;
    let mut sam = pair.other.browser_of(SAM).await;
    let form = story::wish_form(&mut sam, &pair.other, (PRIYA, "Fri 27 Nov 12:15")).await;
    let place = sam.does(&form.with("why", "after-observation")).await.says("Sent.").place().to_owned();
    pair.other.browser_of(PRIYA).await.get(&place).await.says("Why now: After an observation");
    pair.secret = Secret { thread: thread_in(&place), ..Secret::never() };
    let mut twins = pair.twins(PRIYA).await;
    let (plain, other) = pair.pages(&mut twins, "/week").await;
    assert_ne!(plain.bytes, other.bytes, "the one who was asked can tell, so this comparison can fail");
    nobody_can_tell(pair, Some(["none", "1, longest 4 working days"])).await;
}

#[tokio::test]
async fn nobody_but_the_two_can_tell_that_they_met() {
    let mut pair = Pair::new().await;
    let place = story::agreed(&pair.other).await;
    pair.clock("2026-11-24T11:20");
    let mut priya = pair.other.browser_of(PRIYA).await;
    let meeting = story::id_in(&priya.get(&place).await.form("/outcome").action, "meetings");
    story::held(&mut priya, &place, 50).await.says("Noted.");
    let entries = priya.get("/hours").await;
    entries.says("50 min");
    pair.secret = Secret { thread: thread_in(&place), meeting, ..Secret::never() };
    nobody_can_tell(pair, Some(["0 min used", "1 h used"])).await;
}

#[tokio::test]
async fn nobody_but_the_two_can_tell_that_a_meeting_is_agreed() {
    let mut pair = Pair::new().await;
    let mut sam = pair.other.browser_of(SAM).await;
    let place = story::ask_for(&mut sam, &pair.other, (PRIYA, "Tue 1 Dec 10:30")).await;
    story::agree(&mut pair.other.browser_of(PRIYA).await, &place).await;
    let meeting = story::id_in(&sam.get(&place).await.form("/cancellation").action, "meetings");
    pair.secret = Secret { thread: thread_in(&place), meeting, ..Secret::never() };
    nobody_can_tell(pair, Some(["0 min booked", "1 h booked"])).await;
}

#[tokio::test]
async fn nobody_but_the_two_can_tell_that_a_teacher_is_named_in_a_note() {
    let mut pair = Pair::new().await;
    let mut priya = pair.other.browser_of(PRIYA).await;
    let said = story::note(&mut priya, (&pair.other.id(SAM), 30)).await;
    let entry = story::id_in(&said.form("/removal").action, "hours");
    pair.secret = Secret { entry, ..Secret::never() };
    nobody_can_tell(pair, Some(["0 min used", "1 h used"])).await;
}

#[tokio::test]
async fn nobody_at_all_can_tell_that_a_teacher_asked_and_withdrew_and_avoids_somebody() {
    let mut pair = Pair::new().await;
    let mut sam = pair.other.browser_of(SAM).await;
    let place = story::ask(&mut sam, &pair.other, PRIYA).await;
    let form = sam.get(&place).await.form("/withdrawal");
    sam.does(&form).await.says("Taken back. Nothing else happens.");
    let form = sam.get(&format!("/practitioners/{}", pair.other.id(PRIYA))).await.form("/avoidance");
    sam.does(&form).await.says("They will not be suggested to you.");
    pair.secret = Secret { thread: thread_in(&place), ..Secret::never() };
    nobody_can_tell(pair, None).await;
}
