//! Releases as leaders read them.

use crate::college::*;

/// R-REL-14 R-REL-18 R-REL-20 R-REL-23 R-REL-26 R-LIV-9
#[tokio::test]
async fn a_term_comes_out_by_itself_and_leaders_read_it_in_ranges() {
    let college = College::sample().await;
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    ruth.get("/evidence").await.says("Nothing is released yet.").says("comes out on");
    college.clock("2027-04-12T09:00").due().await;
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    let page = ruth.get("/evidence").await;
    page.says("Spring term 2027 · came out on").says("never changed since").says("Voluntary one-to-one support");
    page.says("Required support is not in it").says("Why these are ranges");
    let mut helen = college.browser_of(HELEN).await;
    let own = helen.get("/evidence/2026-2").await;
    own.is(200).says("Spring term 2027");
    page.says("What people said of sessions").says("What was answered waits for the next term of the year");
    page.says("HMI 1767, 2003, paragraph 16").says("They judged what they saw; here is what people say who came.");
    for none in ["/evidence/2026", "/evidence/2026-0", "/evidence/2025-2", "/evidence/x", "/evidence/2026-2-1"] {
        helen.get(none).await.is(404);
    }
}

/// R-REL-18
#[tokio::test]
async fn nobody_but_leads_and_senior_leaders_finds_the_releases() {
    let college = College::sample().await;
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in ["/evidence", "/evidence/2025", "/evidence/2025-1"] {
            browser.get(path).await.is(404);
        }
    }
}

/// R-REL-27 R-MAI-1
#[tokio::test]
async fn whoever_may_read_a_release_gets_the_mail_that_says_nothing_and_nobody_else_does() {
    let college = College::sample().await;
    for who in [SAM, NADIA, MAREK, HELEN, "Ruth Adeyemi"] {
        college.browser_with_password(who).await;
    }
    college.clock("2027-04-09T06:00").due().await;
    college.post().await;
    let early = college.mails().len();
    college.clock("2027-04-09T07:05").post().await;
    let mails = college.mails();
    let to = |who: &str| mails.iter().filter(|(_, text)| text.contains(&format!("To: {who}@"))).count();
    // Dafydd leads the programme and is a senior leader: one mail.
    let readers = ["helen.marsh", "ruth.adeyemi", "dafydd.rees"].map(to);
    assert_eq!((readers, mails.len()), ([1, 1, 1], early + 3), "{mails:?}");
    assert_eq!(["sam.okafor", "nadia.haddad", "marek.nowicki"].map(to), [0, 0, 0]);
    let (_, text) = mails.iter().find(|(_, text)| text.contains("To: ruth.adeyemi@")).unwrap();
    let body = text.split_once("\n\n").unwrap().1;
    for secret in ["release", "Spring", "evidence", "staff", "people", "0", "5"] {
        assert!(!body.contains(secret), "{secret}: {body}");
    }
    assert!(body.contains("/sign-in"), "{body}");
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.says("Spring term 2027 came out on");
    college.clock("2027-04-10T07:05").due().await;
    college.post().await;
    assert_eq!(college.mails().len(), mails.len(), "once");
    college.clock("2027-05-10T09:00");
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.is_silent_about("came out on");
}
