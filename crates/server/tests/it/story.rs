//! What people do in most tests, through the pages as they would.

use crate::browser::Browser;
use crate::college::{College, PRIYA, SAM};
use crate::page::{Form, Page};

/// The ask form with a theme ticked and somebody chosen.
pub async fn ask_form(browser: &mut Browser, college: &College, (practitioner, theme): (&str, &str)) -> Form {
    let page = browser.get("/support/new").await;
    page.form("/support").and("theme", page.choice("theme", theme)).with("practitioner", college.id(practitioner))
}

/// Asks without a wish; gives the thread's address.
pub async fn ask(browser: &mut Browser, college: &College, who: &str) -> String {
    let form = ask_form(browser, college, (who, "Questioning")).await;
    let page = browser.does(&form).await;
    page.is(200).says("Sent. You will see the answer here.");
    page.place().to_owned()
}

/// Asks for a published time, given by its words: "Tue 24 Nov 10:30".
pub async fn ask_for(browser: &mut Browser, college: &College, (who, time): (&str, &str)) -> String {
    let form = wish_form(browser, college, (who, time)).await;
    let page = browser.does(&form).await;
    page.is(200).says("Sent.");
    page.place().to_owned()
}

/// The ask form with a published time chosen.
pub async fn wish_form(browser: &mut Browser, college: &College, (who, time): (&str, &str)) -> Form {
    let form = ask_form(browser, college, (who, "Questioning")).await;
    let wish = format!("wish-{}", college.id(who));
    let starts = browser.get("/support/new").await.choice(&wish, time);
    form.with(&wish, starts)
}

/// Offers one time.
pub async fn offer(browser: &mut Browser, thread: &str, (day, time): (&str, &str)) -> Page {
    let form = browser.get(thread).await.form("/offers");
    browser.does(&form.with("day", day).with("time", time)).await
}

/// Agrees to the first time the other one offers.
pub async fn agree(browser: &mut Browser, thread: &str) -> Page {
    let form = browser.get(thread).await.form("/acceptance");
    let page = browser.does(&form).await;
    page.is(200).says("Agreed. It is in both your weeks.");
    page
}

/// Says that the meeting took place.
pub async fn held(browser: &mut Browser, thread: &str, minutes: i64) -> Page {
    let form = browser.get(thread).await.form("/outcome");
    browser.does(&form.with("length", minutes).with("outcome", "held")).await
}

/// Sam asks Priya for ten thirty, who agrees: the thread's address.
pub async fn agreed(college: &College) -> String {
    let thread = ask_for(&mut college.browser_of(SAM).await, college, (PRIYA, "Tue 24 Nov 10:30")).await;
    agree(&mut college.browser_of(PRIYA).await, &thread).await;
    thread
}

/// A note of a conversation, with a name or none; gives the page it leads to.
pub async fn note(browser: &mut Browser, (with, minutes): (&str, i64)) -> Page {
    let page = browser.get("/hours/new").await;
    let theme = page.choice("theme", "Questioning");
    let form = page.form("/hours").with("with", with).with("minutes", minutes).and("theme", theme);
    browser.does(&form).await
}

/// The identifier in an address after a word: of "/hours/…/removal", after "hours".
pub fn id_in(address: &str, after: &str) -> String {
    let mut parts = address.split('/');
    parts.find(|part| *part == after);
    parts.next().unwrap().to_owned()
}

/// An identifier that nothing has.
pub const NOTHING: &str = "7f4df1a0-0000-4000-8000-00000000dead";

/// The address of the link in a mail, without the program's own.
pub fn link_in(mail: &str) -> String {
    let at = mail.find("/set-up/").expect("a link");
    mail[at..].split_whitespace().next().unwrap().to_owned()
}
