//! While telling could put somebody at risk, whom it is about cannot tell that something was passed on; nor can anybody but the
//! safeguarding leads and whoever did so.

use trial::Maker;

use super::{Pair, Secret, thread_in};
use crate::college::*;
use crate::safeguarding::{BETHAN, pass};
use crate::story::NOTHING;
use crate::words::made;

/// Everybody who must not notice, of every kind.
const THEY: [&str; 7] = [SAM, NADIA, ELAINE, HELEN, MAREK, JOE, "Ruth Adeyemi"];

impl Pair {
    /// The jobs of this moment; mail is the same for all but the two who may know.
    async fn due_but_for(&mut self, two: [&str; 2]) {
        self.next();
        self.plain.due().await;
        self.other.due().await;
        self.next();
        self.plain.post().await;
        self.other.post().await;
        let mails = |college: &College| {
            let plain = |(name, text): (String, String)| text.replace(name.trim_end_matches(".eml"), "");
            let others = |text: &String| !two.iter().any(|who| text.contains(who));
            let mut all: Vec<String> = college.mails().into_iter().map(plain).filter(others).collect();
            all.sort();
            all
        };
        assert_eq!(mails(&self.plain), mails(&self.other));
    }

    async fn walk_them(&mut self) {
        for who in THEY {
            let seen = self.walk(who).await;
            assert!(seen.len() > 15, "{who} came to {seen:?}");
        }
    }

    /// Whom it is about tries what the leads can do: the answer is that of something that never was.
    async fn knock_as_subject(&mut self) {
        let mut twins = self.twins(SAM).await;
        for act in ["telling", "returns", "review", "closing"] {
            let fields = [("grants", "[]"), ("reason", "harm"), ("sure", "on")];
            self.next();
            let there = twins.other.forge(&format!("/disclosures/{}/{act}", self.secret.disclosure), &fields).await;
            let nowhere = twins.other.forge(&format!("/disclosures/{NOTHING}/{act}"), &fields).await;
            assert_eq!((there.status, &there.bytes), (404, &nowhere.bytes), "{act}");
        }
    }
}

/// R-SAF-5
#[tokio::test]
async fn whom_it_is_about_cannot_tell_that_something_was_passed_on_while_that_is_unsafe() {
    let mut pair = Pair::new().await;
    let mut twins = pair.twins(SAM).await;
    let theme = pair.look(&mut twins, (SAM, "/support/new")).await.choice("theme", "Questioning");
    let priya = pair.plain.id(PRIYA);
    let place = pair
        .act(SAM, ("/support/new", "/support"), |form| form.and("theme", &theme).with("practitioner", &priya))
        .await;
    let place = place.says("Sent.").place().to_owned();
    let mut makers = Vec::new();
    for who in [SAM, PRIYA, BETHAN] {
        let maker = Maker::new(&pair.plain.id(who));
        let (keys, mut twins) = (made(&maker), pair.twins(who).await);
        pair.next();
        twins.plain.forge("/keys/own", &[("keys", &keys)]).await.is(201);
        twins.other.forge("/keys/own", &[("keys", &keys)]).await.is(201);
        makers.push(maker);
    }
    // Priya looks at the thread in both.
    let mut twins = pair.twins(PRIYA).await;
    pair.look(&mut twins, (PRIYA, &place)).await.says("Somebody is at risk");
    let [_, priyas, bethans] = &makers[..] else { unreachable!() };
    let disclosure = pass(&mut twins.other, (&place, "harm"), (priyas, &[priyas, bethans])).await;
    pair.secret = Secret { thread: thread_in(&place), disclosure: disclosure.clone(), ..Secret::never() };
    let (plain, other) = pair.pages(&mut twins, &place).await;
    assert_ne!(plain.bytes, other.bytes, "whoever passed it on can tell, so this comparison can fail");
    let two = ["priya.nair@", "bethan.pryce@"];
    pair.walk_them().await;
    pair.knock_as_subject().await;
    for moment in ["2026-11-25T09:05", "2026-12-08T09:05"] {
        pair.clock(moment);
        pair.due_but_for(two).await;
        pair.walk_them().await;
    }
    // A lead tells: from now on, and only now, there is something to see.
    let mut bethan = pair.other.browser_of(BETHAN).await;
    let grants = serde_json::json!([bethans.grant((&disclosure, 0), &makers[0].kid())]).to_string();
    bethan.forge(&format!("/disclosures/{disclosure}/telling"), &[("grants", &grants)]).await.is(201);
    let mut twins = pair.twins(SAM).await;
    let (plain, other) = pair.pages(&mut twins, &place).await;
    assert_ne!(plain.bytes, other.bytes);
    other.says("Passed to the safeguarding leads").says("by Priya Nair");
}
