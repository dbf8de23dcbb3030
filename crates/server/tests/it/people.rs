//! The administrator's list, and bringing a later staff file in.

use crate::college::*;
use crate::story::{agreed, ask, held};

#[tokio::test]
async fn an_account_is_switched_off_and_on_and_nothing_is_lost() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let (mut sam, mut marek) = (college.browser_of(SAM).await, college.browser_of(MAREK).await);
    let form = marek.get("/people").await.form(&format!("{}/account", college.id(SAM)));
    marek.does(&form).await.says("The account is off. They are signed out everywhere.");
    sam.get(&place).await.is(303);
    college.browser().post("/sign-in/sample", &[("person".to_owned(), college.id(SAM))]).await.is(404);
    college.browser_of(PRIYA).await.get(&place).await.says("This cannot go on at the moment.");
    let form = marek.get("/people").await.form(&format!("{}/account", college.id(SAM)));
    marek.does(&form).await.says("The account is on again.");
    college.browser_of(SAM).await.get(&place).await.says("You meet");
}

/// R-SUP-2.
#[tokio::test]
async fn a_practitioner_whose_account_is_off_is_in_no_list_and_the_teacher_can_go_elsewhere() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get("/people").await.form(&format!("{}/account", college.id(PRIYA)));
    marek.does(&form).await.is(200);
    let mut sam = college.browser_of(SAM).await;
    sam.get("/practitioners").await.is_silent_about(PRIYA);
    sam.get(&format!("/practitioners/{}", college.id(PRIYA))).await.is(404);
    sam.get("/support/new").await.says("Joe Whittle").is_silent_about(&college.id(PRIYA));
    let page = sam.get(&place).await;
    page.says("Priya Nair cannot go on with you.");
    let form = page.form("/practitioner").with("practitioner", college.id(JOE));
    sam.does(&form).await.says("You and Joe Whittle");
}

#[tokio::test]
async fn nobody_but_an_administrator_switches_accounts_and_nobody_their_own() {
    let college = College::sample().await;
    let path = |who: &str| format!("/people/{}/account", college.id(who));
    for who in [SAM, PRIYA, NADIA, HELEN, DAFYDD, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        browser.get("/people").await.is(404);
        browser.forge(&path(MINH), &[]).await.is(404);
        browser.forge(&path(who), &[("on", "yes")]).await.is(404);
    }
    let mut marek = college.browser_of(MAREK).await;
    marek.forge(&path(MAREK), &[]).await.is(404);
    marek.forge(&format!("/people/{}/account", crate::story::NOTHING), &[]).await.is(404);
    marek.get("/people").await.says("17 of 17 people").says("on (you)").is_silent_about("Switch on");
}

#[tokio::test]
async fn the_list_is_searched_by_name_address_and_area() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    for (find, count, name) in
        [("nguy%E1%BB%85n", 1, MINH), ("SCRIPT", 1, "O'Neill"), ("health", 2, SAM), ("%20sam%20", 1, SAM)]
    {
        marek.get(&format!("/people?find={find}")).await.says(&format!("{count} of 17 people")).says(name);
    }
    marek.get("/people?find=%22%3E%3Cscript%3E").await.says("Nobody matches.").is_silent_about("\"><script>");
    marek.get("/people?page=99999999999").await.is(200).says("17 of 17 people");
    marek.get("/people?page=0").await.is(200).says("Ruth Adeyemi");
}

/// R-IMP-4.
#[tokio::test]
async fn a_later_file_adds_and_changes_and_removes_nobody() {
    let college = College::sample().await;
    let place = ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get("/people").await.form(&format!("{}/account", college.id(MINH)));
    marek.does(&form).await.says("The account is off.");
    let kept: Vec<&str> =
        STAFF.lines().filter(|line| !line.starts_with("Elaine") && !line.contains("elaine.c")).collect();
    let fresh = "Zoë Newcombe,ZOE@college.example,Lecturer,Sport,South,tom.birch@college.example,,teacher,,,,,,,,,";
    let imported =
        college.import(&format!("{}\n{fresh}\n", kept.join("\n").replace("Head of Health", "Leader of Health"))).await;
    assert_eq!((imported.new, imported.known), (1, kept.len() - 1));
    let list = marek.get("/people").await;
    list.says("18 of 18 people").says("Zoë Newcombe").says("Elaine Catterall");
    assert!(list.texts("tr").iter().any(|row| row.contains(MINH) && row.contains("Switch on")), "still off");
    college.browser_of(SAM).await.get(&place).await.says("It waits for Priya.");
}

/// R-IMP-1.
#[tokio::test]
async fn a_file_with_a_mistake_in_its_last_line_changes_nothing() {
    let college = College::sample().await;
    let table =
        actions::reading::table("staff.csv", format!("{STAFF}\nNobody,not an address,,,,,,teacher\n").as_bytes());
    let wrong = domain::staff_file::read(&table.unwrap()).unwrap_err();
    assert!(wrong.iter().any(|one| one.value == "not an address"), "{wrong:?}");
    college.browser_of(MAREK).await.get("/people").await.says("17 of 17 people");
}

/// R-SUP-2, CON-05
#[tokio::test]
async fn a_practitioner_who_comes_to_stand_above_the_teacher_is_shut_out_at_once() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let line = "nadia.haddad@college.example,elaine.catterall@college.example";
    for changed in ["priya.nair@college.example,", "nadia.haddad@college.example,priya.nair@college.example"] {
        college.import(&STAFF.replace(line, changed)).await;
        let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
        priya.get(&place).await.is(404);
        priya.get("/week").await.is_silent_about(SAM);
        let page = sam.get(&place).await;
        page.is(200).says("Priya Nair cannot go on with you.");
        assert!(!page.has_form("/offers"));
        let version = page.form("/end").get("version").unwrap().to_owned();
        let fields = [("version", version.as_str()), ("day", "2026-12-03"), ("time", "15:00")];
        let refused = sam.forge(&format!("{place}/offers"), &fields).await;
        refused.is(422).says("Your colleague cannot go on with this at the moment.");
        priya.forge(&format!("{place}/offers"), &fields).await.is(404);
    }
    college.import(STAFF).await;
    college.browser_of(PRIYA).await.get(&place).await.says("You meet");
}

/// R-SUP-2.
#[tokio::test]
async fn who_comes_to_stand_above_the_teacher_finds_no_link_to_the_thread_in_any_list() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    college.clock("2026-11-24T11:45");
    held(&mut college.browser_of(PRIYA).await, &place, 45).await.says("Noted.");
    let line = "nadia.haddad@college.example,elaine.catterall@college.example";
    college.import(&STAFF.replace(line, "priya.nair@college.example,")).await;
    let mut priya = college.browser_of(PRIYA).await;
    for path in ["/week", "/hours", "/support", "/hours/new"] {
        priya.get(path).await.is(200).is_silent_about(&place);
    }
    priya.get("/hours").await.says("45 min used").is_silent_about(SAM);
}
