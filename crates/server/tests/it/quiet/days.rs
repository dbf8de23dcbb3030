//! Changes to places among the staff, by hand and by file, in the days after: each must go the same way in both colleges.

use super::{Form, Pair};
use crate::college::{HELEN, MAREK, MINH, NADIA, PRIYA, SAM, STAFF, TOM};

/// Changes by hand: each must be taken or refused in the same words in both.
pub async fn changes_by_hand(pair: &mut Pair) {
    let (sam, priya) = (pair.plain.id(SAM), pair.plain.id(PRIYA));
    let (page, own) = (format!("/people/{sam}"), format!("/programme/practitioners/{priya}"));
    let to = |name: &'static str| move |form: Form| form.with("whom", name);
    pair.act(MAREK, (&page, "/line/manager"), to(PRIYA)).await.says("Saved.");
    pair.act(MAREK, (&page, "/line/manager"), to(NADIA)).await.says("Saved.");
    pair.act(MAREK, (&page, "/line/manager"), to(SAM)).await.says("Nobody can be their own manager");
    pair.act(MAREK, (&page, "/leaving"), |form| form.with("from", "2026-12-18"))
        .await
        .says("From 18 Dec 2026: Account off");
    pair.act(MAREK, (&page, "/cancellation"), |form| form).await.says("Taken back.");
    pair.act(HELEN, (&own, "/standing-down"), |form| form.with("from", "2027-01-04")).await.says("until 4 Jan 2027");
    pair.walk_some().await;
}

/// Changed staff files: another manager, another area, and the practitioner now above the teacher.
pub async fn line_changes(pair: &mut Pair) {
    let moved =
        STAFF.replace("South,nadia.haddad@college.example,elaine", "South,farida.chowdhury@college.example,elaine");
    let above = STAFF.replace("South,nadia.haddad@college.example,elaine", "South,priya.nair@college.example,elaine");
    assert!(moved != STAFF && above != STAFF);
    for csv in [&moved, &above, STAFF] {
        pair.next();
        let (plain, other) = (pair.plain.import(csv).await, pair.other.import(csv).await);
        assert_eq!(plain, other);
        pair.walk_some().await;
    }
}

/// Somebody else asks somebody else, so that there is mail to compare the next morning.
pub async fn mail(pair: &mut Pair) {
    let tom = pair.plain.id(TOM);
    let mut twins = pair.twins(MINH).await;
    let theme = pair.look(&mut twins, (MINH, "/support/new")).await.choice("theme", "Questioning");
    let asks = |form: Form| form.and("theme", &theme).with("practitioner", &tom);
    pair.act(MINH, ("/support/new", "/support"), asks).await.says("Sent.");
    pair.clock("2026-11-25T07:01");
    pair.due().await;
    assert!(pair.same_mail().iter().any(|text| text.contains("tom.birch@")), "no mail went out, so none was compared");
}
