//! What the schema can hold and what it cannot. A new column fails a test here until somebody has said what it is for.

use std::collections::BTreeSet;

use crate::college::House;
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
    ("avoidance.person", "a person's own list, shown to nobody else"),
    ("avoidance.practitioner", "the same"),
    ("board_week.person", "the practitioner whose row of the board it is"),
    ("credential.person", "whose password"),
    ("disclosure.discloser", "who passed something to the safeguarding leads: they must be able to act"),
    ("disclosure.opened_by", "the safeguarding lead who first opened it"),
    ("disclosure.subject", "whom it is about: they must be able to act, and it outlives the thread"),
    ("disclosure_decision.person", "who decided whether to tell"),
    ("disclosure_grant.giver", "who passed it on or told of it"),
    ("disclosure_grant.person", "for whom it can be opened"),
    ("disclosure_recipient.person", "the safeguarding lead to whom it went"),
    ("event.person", "who did something outside a thread"),
    ("expertise.person", "a practitioner's profile"),
    ("former_address.person", "whose e-mail address was changed in the last three days"),
    ("hours_entry.person", "the practitioner whose own record it is"),
    ("import_change.person", "whose entry in the list of staff a file changed"),
    ("import_file.person", "who brought a file in"),
    ("key_set.person", "whose keys; made for messages, by whoever wants to write or to be written to"),
    ("mail_choice.person", "how often somebody wants mail"),
    ("nomination.person", "the practitioner who looks after an area"),
    ("notice.person", "for whom something is waiting, whatever it is; also rounds that go to everybody"),
    ("outbox.person", "to whom a mail goes; about support it says nothing"),
    ("key_renewal.person", "who has lost every way to unlock and waits for new keys"),
    ("participant.person", "THE ONE PLACE where support names people, a working copy that no backup holds"),
    ("person.appraiser", "the organisation chart"),
    ("person.manager", "the organisation chart"),
    ("person_look.looker", "who opened a page about somebody, outside support"),
    ("person_look.person", "whom that page is about"),
    ("practice.person", "a practitioner's profile"),
    ("priority_lead.person", "the practitioner who leads on a priority"),
    ("relation.other", "the organisation chart, with its days"),
    ("relation.person", "the organisation chart, with its days"),
    ("remission.person", "the practitioner whose agreed time it is"),
    ("session.person", "who is signed in"),
    ("set_up_link.person", "whose account is set up"),
    ("specialism.person", "a practitioner's profile"),
    ("support_hour.person", "a practitioner's published hours"),
    ("teaching.person", "whose timetable"),
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
const ABOUT_SUPPORT: [&str; 22] = [
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

/// Every column of text. None but the sealed one can hold words about the matter.
const TEXTS: &[(&str, &str)] = &[
    ("academic_year.census", "a day"),
    ("academic_year.ends", "a day"),
    ("academic_year.starts", "a day"),
    ("audit_entry.content", "an act and ids; of a thread under its shred key"),
    ("audit_entry.day", "a day"),
    ("audit_entry.hash", "a hash over the entry and the one before"),
    ("account_line.what", "a choice: what happened to an account"),
    ("area.name", "a curriculum area"),
    ("board_week.room", "a choice: has room, nearly full, full"),
    ("board_week.week", "a day"),
    ("credential.hash", "the Argon2id hash"),
    ("disclosure.category", "a choice: what is passed on"),
    ("disclosure.opened", "a day"),
    ("disclosure.reason", "a choice: why telling would be unsafe"),
    ("disclosure.reminded", "a day"),
    ("disclosure.review", "a day"),
    ("disclosure.sealed", "words, sealed in the browser for the safeguarding leads"),
    ("disclosure.told", "a day"),
    ("disclosure_decision.day", "a day"),
    ("disclosure_decision.reason", "a choice: why telling would be unsafe"),
    ("disclosure_grant.giver_kid", "the thumbprint of a public key"),
    ("disclosure_grant.giver_sealing", "a public key"),
    ("disclosure_grant.giver_signing", "a public key"),
    ("disclosure_grant.kid", "the thumbprint of a public key"),
    ("disclosure_grant.wrapped", "a key, wrapped in the browser, under the outer layer"),
    ("entry_purpose.purpose", "a choice: what an hour was for"),
    ("event.act", "the name of an act"),
    ("event.detail", "ids and settings"),
    ("former_address.email", "the work address before, for three days"),
    ("holiday.ends", "a day"),
    ("holiday.starts", "a day"),
    ("hours_entry.day", "a day"),
    ("identifier.kind", "a choice: which number"),
    ("identifier.value", "a number by which others know the college"),
    ("key_set.kid", "the thumbprint of a public key"),
    ("key_set.sealing", "a public key"),
    ("key_set.signing", "a public key"),
    ("key_set.vault", "private keys, sealed in the browser"),
    ("mail_choice.rhythm", "a choice: how often mail comes"),
    ("mail_round.day", "a day"),
    ("mail_round.kind", "a choice: which round of mail"),
    ("import_change.became", "a field of the list of staff after a file"),
    ("import_change.field", "a choice: which field"),
    ("import_change.was", "the same before it"),
    ("import_file.file", "what a file of staff was called"),
    ("import_file.kind", "a choice: what a file is about"),
    ("import_file.state", "a choice: how far a file is"),
    ("import_file.told", "why a file cannot be read"),
    ("import_heading.field", "a choice: which column"),
    ("import_heading.heading", "a title in a file"),
    ("import_heading.kind", "a choice: what a file is about"),
    ("import_sheet.cells", "lines of a file of staff, for a day at most"),
    ("import_sheet.matching", "choices: which column is which"),
    ("meeting.form", "a choice: talk, or whose lesson is watched"),
    ("offer.form", "a choice: talk, or whose lesson is watched"),
    ("meeting.state", "a choice: booked, held, missed, moved, called off"),
    ("outbox.email", "the work address a mail goes to"),
    ("outbox.failure", "a choice: why a mail could not be delivered"),
    ("outbox.matter", "a choice: something is waiting, or an account matter"),
    ("outbox.secret", "a link's secret until its mail is delivered, else nothing"),
    ("person.email", "the work address"),
    ("person.folded", "the name folded for search"),
    ("person.job", "the job title"),
    ("person.number", "the number that the college's own records know somebody by"),
    ("person.name", "the name"),
    ("person.roles", "codes of roles"),
    ("person_look.day", "a day"),
    ("person_look.what", "a choice: which kind of page"),
    ("practice.about", "what a practitioner publishes about themselves"),
    ("practice.room", "where to find a practitioner"),
    ("practice.teaches", "what a practitioner teaches"),
    ("programme.model", "a choice: the deployment model"),
    ("programme.name", "the college's name"),
    ("programme.title_many", "what practitioners are called"),
    ("programme.title_one", "what a practitioner is called"),
    ("programme.zone", "a time zone"),
    ("relation.kind", "a choice: account, main-area, area, manager, appraiser, role"),
    ("relation.role", "the code of a role"),
    ("relation.starts", "a day"),
    ("relation.until", "a day"),
    ("remission.unit", "a choice: hours a year, hours a week, share of full-time, half-days"),
    ("safeguarding_route.name", "who answers when somebody is at risk"),
    ("safeguarding_route.telephone", "the number"),
    ("sealed_entry.sealed", "which entry of hours came of a thread, under its shred key"),
    ("sealed_file.sealed", "a file, sealed in the browser for the two of a thread"),
    ("sealed_item.kind", "a choice: message, goal, trial and the like"),
    ("sealed_item.sealed", "words, sealed in the browser for the two of a thread"),
    ("session.csrf", "chance"),
    ("sealed_participant.sealed", "who takes part, under the thread's shred key"),
    ("session.device", "a browser in rough words"),
    ("session.token", "a hash"),
    ("set_up_link.token", "a hash"),
    ("set_up_step.content", "what a step holds before a college is live; gone once it is"),
    ("set_up_step.step", "a choice: which step"),
    ("site.name", "a campus"),
    ("specialism.kind", "a choice: subject or aspect"),
    ("specialism.name", "a subject or aspect that a practitioner publishes"),
    ("specialism.phase", "a choice: a phase of education"),
    ("statement.text", "what the role is for, published to all staff"),
    ("teaching.label", "a lesson in the timetable"),
    ("term.ends", "a day"),
    ("term.name", "a term"),
    ("term.starts", "a day"),
    ("theme.name", "a theme"),
    ("thread.formality", "a choice"),
    ("thread.place", "a choice"),
    ("thread.span", "a choice"),
    ("thread.stage", "a choice"),
    ("thread.why", "a choice"),
    ("thread_grant.kid", "the thumbprint of a public key"),
    ("thread_grant.wrapped", "a key, wrapped in the browser, under the outer layer"),
    ("thread_look.day", "a day"),
    ("thread_warning.day", "a day"),
    ("unlock_slot.slot", "a choice: words, recovery, or a device by chance"),
    ("unlock_slot.wrapped", "a key, wrapped in the browser, under the outer layer"),
    ("term_use.sealed", "that somebody used support in a term, under the year's key"),
];

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

#[tokio::test]
async fn every_identifier_in_a_filled_college_is_random() {
    let house = House::new().await;
    house.college().await;
    let sql = house.sql();
    let mut seen = 0;
    for column in sql.columns().into_iter().filter(|column| column.kind.contains("uuid")) {
        let of = format!("SELECT {0} FROM {1} WHERE {0} IS NOT NULL", column.name, column.table);
        let ids: Vec<(uuid::Uuid,)> = sql.rows(&of);
        assert!(!ids.is_empty(), "nothing in {}", column.path());
        for (id,) in ids {
            assert_eq!(id.get_version_num(), 4, "{} {id}", column.path());
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}
