//! What the schema can hold and what it cannot. A new column fails a test here until somebody has said what it is for.

use std::collections::BTreeSet;

use crate::college::House;
use crate::texts::TEXTS;
use trial::Sql;

async fn schema() -> (House, Sql) {
    let house = House::new().await;
    let sql = house.sql();
    (house, sql)
}

#[tokio::test]
async fn the_institution_leads_every_primary_unique_and_foreign_key() {
    let (_house, sql) = schema().await;
    let tables = sql.tables();
    assert!(tables.len() >= 27, "{tables:?}");
    for table in &tables {
        for (key, columns) in sql.keys(table) {
            assert_eq!(columns.first().map(String::as_str), Some("institution"), "{key} of {table}: {columns:?}");
        }
    }
    let keys = sql.foreign_keys();
    assert!(keys.len() >= 32, "only {} foreign keys", keys.len());
    for key in keys {
        let first = key.columns.first().map(|(from, to)| (from.as_str(), to.as_str()));
        assert_eq!(first, Some(("institution", "institution")), "{key:?}");
    }
}

#[tokio::test]
async fn every_identifier_is_a_key_of_its_own_or_points_somewhere() {
    let (house, sql) = schema().await;
    let pointing: BTreeSet<String> = sql
        .foreign_keys()
        .iter()
        .flat_map(|key| key.columns.iter().map(|(from, _)| format!("{}.{from}", key.table)).collect::<Vec<_>>())
        .collect();
    let loose = sql
        .columns()
        .into_iter()
        .filter(|column| column.kind.contains("uuid") && !["institution", "id"].contains(&column.name.as_str()));
    let loose: Vec<String> = loose.map(|column| column.path()).filter(|path| !pointing.contains(path)).collect();
    // Who did something outside a thread is kept when the person is gone.
    // So is a deleted thread, for the moment until its key is destroyed; and the working copy in a file of its own points
    // nowhere on SQLite.
    let expected: &[&str] = match house.store.dialect() {
        store::Dialect::Sqlite => &[
            "event.person",
            "forgotten_thread.thread",
            "participant.thread",
            "participant.person",
            "entry_thread.entry",
            "entry_thread.meeting",
            "entry_thread.thread",
        ],
        store::Dialect::Postgres => &["event.person", "forgotten_thread.thread"],
    };
    let mut loose = loose;
    loose.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(loose, expected);
}

/// Every column that points to a person or is called like one.
const PEOPLE: &[(&str, &str)] = &[
    ("account_line.person", "what the owner reads about the own account"),
    ("area_place.led_by", "who leads an area"),
    ("attendance.person", "who comes to a session: for whoever runs it and the person alone"),
    ("avoidance.person", "a person's own list, shown to nobody else"),
    ("avoidance.practitioner", "the same"),
    ("balance.person", "the practitioner who says how home and outreach suit"),
    ("carry_over.person", "the practitioner whose hours are carried over"),
    ("cover.person", "the practitioner whose class is covered"),
    ("standing.person", "the practitioner who does standing work"),
    ("extra.person", "the practitioner of whom it is asked"),
    ("half_day.person", "the practitioner whose half-day it is"),
    ("time_block.person", "the practitioner whose block it is"),
    ("uplift.person", "the practitioner to whom it is paid"),
    ("board_week.person", "the practitioner whose row of the board it is"),
    ("calendar_feed.person", "whose busy times an address shows"),
    ("community.practitioner", "the practitioner of an area, as the lead has named them"),
    ("credential.person", "whose password"),
    ("disclosure.discloser", "who passed something to the safeguarding leads: they must be able to act"),
    ("disclosure.opened_by", "the safeguarding lead who first opened it"),
    ("disclosure.subject", "whom it is about: they must be able to act, and it outlives the thread"),
    ("disclosure_decision.person", "who decided whether to tell"),
    ("disclosure_grant.giver", "who passed it on or told of it"),
    ("disclosure_grant.person", "for whom it can be opened"),
    ("disclosure_recipient.person", "the safeguarding lead to whom it went"),
    ("duty.person", "the practitioner whose own record of other work it is"),
    ("event.person", "who did something outside a thread"),
    ("expertise.person", "a practitioner's profile"),
    ("former_address.person", "whose e-mail address was changed in the last three days"),
    ("hours_entry.person", "the practitioner whose own record it is"),
    ("import_change.person", "whose entry in the list of staff a file changed"),
    ("import_file.person", "who brought a file in"),
    ("invitation_choice.person", "who has chosen to get times by mail, whether or not there are any"),
    ("induction.newcomer", "who is new: an induction is begun by the college and no secret"),
    ("induction.mentor", "who goes with them"),
    ("induction.buddy", "the same"),
    ("ramp.person", "the practitioner whose slow start it is"),
    ("key_set.person", "whose keys; made for messages, by whoever wants to write or to be written to"),
    ("mail_choice.person", "how often somebody wants mail"),
    ("lot.opened_by", "the lead who opened a lot: they cannot add the words"),
    ("new_year.started_by", "the lead who started a year"),
    ("year_area.person", "the same, with an area they look after"),
    ("year_practice.person", "the practitioner whose agreed time of a year it is"),
    ("nomination.person", "the practitioner who looks after an area"),
    ("notice.person", "for whom something is waiting, whatever it is; also rounds that go to everybody"),
    ("outbox.person", "to whom a mail goes; about support it says nothing, but for a time under the reader's key"),
    ("output.person", "the practitioner who noted what came of the time"),
    ("key_renewal.person", "who has lost every way to unlock and waits for new keys"),
    ("participant.person", "THE ONE PLACE where support names people, a working copy that no backup holds"),
    ("person.appraiser", "the organisation chart"),
    ("person.manager", "the organisation chart"),
    ("person_look.looker", "who opened a page about somebody, outside support"),
    ("person_look.person", "whom that page is about"),
    ("practice.person", "a practitioner's profile"),
    ("priority_lead.person", "the practitioner who leads on a priority"),
    ("relation.other", "the organisation chart, with its days"),
    ("release_person.person", "who is counted in a year by which number: whoever teaches"),
    ("relation.person", "the organisation chart, with its days"),
    ("remission.person", "the practitioner whose agreed time it is"),
    ("review_decision.person", "the lead or senior leader who is to do what a review decided"),
    ("road.sponsor", "the senior leader who sponsors the programme"),
    ("testimony.person", "who wrote for leaders under their own name, until they withdraw it"),
    ("role_target.person", "the practitioner whose it is"),
    ("session.person", "who is signed in"),
    ("shelf_entry.author", "who made what stands on the shelf, if they want to be named"),
    ("set_up_link.person", "whose account is set up"),
    ("specialism.person", "a practitioner's profile"),
    ("support_hour.person", "a practitioner's published hours"),
    ("survey_ticket.person", "who took a ticket for a survey that is not over: no answer and no ticket leads there"),
    ("teaching.person", "whose timetable"),
    ("track_barred.person", "a practitioner who is not open to required support"),
    ("training.runner", "the practitioner who runs a session"),
    ("unlock_slot.person", "whose keys it unlocks"),
];

const LIKE_A_PERSON: [&str; 16] = [
    "person",
    "people",
    "staff",
    "teacher",
    "practitioner",
    "tutor",
    "manager",
    "appraiser",
    "colleague",
    "user",
    "owner",
    "author",
    "name",
    "email",
    "who",
    "with",
];

#[tokio::test]
async fn support_names_people_only_through_participant() {
    let (_house, sql) = schema().await;
    let to_people = ["person", "practice"];
    let keys = sql.foreign_keys();
    let pointing = keys.iter().filter(|key| to_people.contains(&key.to.as_str())).flat_map(|key| {
        let last = key.columns.last().map(|(from, _)| format!("{}.{from}", key.table));
        last.into_iter()
    });
    let mut found: BTreeSet<String> = pointing.collect();
    let named = sql.columns().into_iter().filter(|column| column.kind.contains("uuid"));
    found.extend(named.filter(|c| LIKE_A_PERSON.iter().any(|part| c.name.contains(part))).map(|c| c.path()));
    let expected: BTreeSet<String> = PEOPLE.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, expected, "a column that names people is new or gone: say what it is for");
}

/// Tables about support, hours and what happened: none has a column of text or number that is called like a person.
const ABOUT_SUPPORT: [&str; 30] = [
    "thread",
    "participant",
    "thread_theme",
    "meeting",
    "offer",
    "hours_entry",
    "entry_purpose",
    "entry_theme",
    "entry_thread",
    "board_week",
    "event",
    "thread_look",
    "thread_grant",
    "sealed_item",
    "sealed_file",
    "sealed_participant",
    "sealed_entry",
    "thread_reading",
    "thread_warning",
    "forgotten_thread",
    "term_use",
    "audit_entry",
    "track",
    "track_thread",
    "track_scope",
    "track_challenge",
    "track_answer",
    "track_look",
    "track_signal",
    "track_statement",
];

#[tokio::test]
async fn tables_about_support_have_no_name_of_a_person_in_words() {
    let (_house, sql) = schema().await;
    let columns = sql.columns();
    for table in ABOUT_SUPPORT {
        assert!(columns.iter().any(|column| column.table == table), "{table} is gone");
    }
    let words: Vec<String> = columns
        .iter()
        .filter(|c| ABOUT_SUPPORT.contains(&c.table.as_str()) && !c.kind.contains("uuid"))
        .filter(|c| LIKE_A_PERSON.iter().any(|part| c.name.contains(part)))
        .map(|c| c.path())
        .collect();
    assert_eq!(words, Vec::<String>::new());
}

#[tokio::test]
async fn no_column_can_hold_words_about_the_matter() {
    let (_house, sql) = schema().await;
    let kinds = ["uuid", "int", "bool"];
    let texts = sql.columns().into_iter().filter(|c| !kinds.iter().any(|kind| c.kind.contains(kind)));
    let found: BTreeSet<String> = texts.map(|column| column.path()).collect();
    let expected: BTreeSet<String> = TEXTS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, expected, "a column of text is new or gone: say what it holds");
}

#[tokio::test]
async fn nobody_is_graded_scored_rated_or_banded() {
    let (_house, sql) = schema().await;
    let never = [
        "grade", "score", "rating", "rate", "band", "rank", "judg", "observ", "mark", "level", "stars", "verdict",
        "perform", "concern", "capab", "compet", "outcome", "assess", "apprais_", "result", "feedback",
    ];
    let mut names: Vec<String> = sql.tables();
    names.extend(sql.columns().into_iter().map(|column| column.name));
    let found: Vec<&String> = names.iter().filter(|name| never.iter().any(|part| name.contains(part))).collect();
    assert_eq!(found, Vec::<&String>::new());
}
