//! Addresses that a staff file changes: people are known by their staff numbers, links stay with the former address for
//! three days, both are told, and undoing gives the address back.

use actions::imports::{self, ImportRefused};
use actions::person::{self, PersonRefused, Typed};
use actions::{Stop, links};
use domain::ids::PersonId;
use domain::staff_file::Kind;
use domain::staff_file::record::Field;
use trial::Cell;

use crate::college::College;
use crate::imports::{bring, looked, refusal, waits};

/// Gives Ann and Sam their numbers.
const NUMBERS: &str = "E-mail,Staff number\nann.price@college.example,0107\nsam.okafor@college.example,208\numa.roy@college.example,309\n";
/// Ann has another address, by which Sam's line names her already.
const MOVED: &str = "E-mail,Staff number,Line manager\nann.green@college.example,107,\nsam.okafor@college.example,0208,ann.green@college.example\n";

fn mailed(college: &College) -> Vec<String> {
    let rows = college.tables().remove("outbox").unwrap_or_default();
    rows.iter().map(|row| format!("{:?} {:?}", row["matter"], row["email"])).collect()
}

async fn address(college: &College, who: PersonId) -> String {
    let rows = college.tables().remove("person").unwrap_or_default();
    let row = rows.iter().find(|row| row["id"] == Cell::Bytes(who.0.as_bytes().to_vec())).expect("there");
    format!("{:?}", row["email"])
}

/// R-IMP-4 R-ACC-10
#[tokio::test]
async fn an_address_changes_by_the_staff_number_and_links_stay_with_the_former_one() {
    let college = College::new().await;
    let ann = college.who("Ann Price").await;
    bring(&college, (Kind::Staff, NUMBERS), false).await.1.expect("numbers");
    let mails = mailed(&college).len();
    let (_, which) = waits(&college, (Kind::Staff, MOVED)).await;
    let plan = looked(&college, which).await.plan.expect("sound");
    let fields: Vec<Field> = plan.changed().flat_map(|entry| entry.changes.iter().map(|one| one.field)).collect();
    assert_eq!((fields, plan.new_entries().count(), plan.same), (vec![Field::Email], 0, 1), "noughts and lines aside");
    assert!(plan.warnings.iter().any(|one| one.starts_with("1 person gets another e-mail address")), "{plan:?}");
    let (which, done) = bring(&college, (Kind::Staff, MOVED), false).await;
    assert_eq!(done.expect("done").changed, 1);
    assert!(address(&college, ann).await.contains("ann.green@"), "changed");
    let told = mailed(&college).split_off(mails);
    assert!(
        told.iter().any(|one| one.contains("ann.price@")) && told.iter().any(|one| one.contains("ann.green@")),
        "{told:?}"
    );
    let before = mailed(&college).len();
    links::ask_for_link(&college.desk(), "ann.green@college.example").await.expect("asked for");
    let links = mailed(&college).split_off(before);
    assert!(!links.is_empty() && links.iter().all(|one| one.contains("ann.price@")), "{links:?}");
    let (_, again) = waits(&college, (Kind::Staff, MOVED)).await;
    assert!(looked(&college, again).await.plan.expect("sound").is_empty(), "nothing the second time");
    let marek = college.who("Marek Nowicki").await;
    imports::undo(&college.desk(), marek, (which, false)).await.expect("undone");
    assert!(address(&college, ann).await.contains("ann.price@"), "given back");
}

/// R-IMP-1 R-IMP-4
#[tokio::test]
async fn a_number_of_one_with_the_address_of_another_is_told() {
    let college = College::new().await;
    bring(&college, (Kind::Staff, NUMBERS), false).await.1.expect("numbers");
    for (text, told) in [
        (
            "E-mail,Staff number\numa.roy@college.example,107\n",
            "This is the address of Uma Roy, and the staff number is that of Ann Price",
        ),
        ("E-mail,Staff number\na@college.example,107\nb@college.example,0107\n", "have the same staff number"),
        ("E-mail,Staff number\na@college.example,107\na@college.example,208\n", "have the same e-mail address"),
    ] {
        let (_, which) = waits(&college, (Kind::Staff, text)).await;
        let errors = looked(&college, which).await.plan.expect_err("wrong");
        assert!(errors.iter().any(|one| one.message.contains(told)), "{told}: {errors:?}");
    }
}

/// R-IMP-10
#[tokio::test]
async fn a_line_to_somebody_whose_address_has_changed_since_is_in_the_way_of_undoing() {
    let college = College::new().await;
    let (marek, ann) = (college.who("Marek Nowicki").await, college.who("Ann Price").await);
    let text = "E-mail,Line manager\nsam.okafor@college.example,helen.marsh@college.example\n";
    let (which, done) = bring(&college, (Kind::Staff, text), false).await;
    assert_eq!(done.expect("done").changed, 1);
    let typed =
        Typed { name: "Ann Green".to_owned(), email: "ann.green@college.example".to_owned(), ..Typed::default() };
    person::edit(&college.desk(), marek, (ann, &typed)).await.expect("by hand");
    match refusal(imports::undo(&college.desk(), marek, (which, false)).await) {
        ImportRefused::InTheWay(stays) => assert_eq!(stays[0].field, Field::Manager),
        other => panic!("{other:?}"),
    }
    imports::undo(&college.desk(), marek, (which, true)).await.expect("the rest is undone");
}

/// R-PPL-7
#[tokio::test]
async fn a_staff_number_is_one_persons_and_can_be_put_right_by_hand() {
    let college = College::new().await;
    let (marek, uma) = (college.who("Marek Nowicki").await, college.who("Uma Roy").await);
    bring(&college, (Kind::Staff, NUMBERS), false).await.1.expect("numbers");
    let typed = |number: &str| Typed {
        name: "Uma Roy".to_owned(),
        email: "uma.roy@college.example".to_owned(),
        number: number.to_owned(),
        ..Typed::default()
    };
    let taken = person::edit(&college.desk(), marek, (uma, &typed("00208"))).await;
    assert!(
        matches!(&taken, Err(Stop::Refused(PersonRefused::NumberTaken(name))) if name == "Sam Okafor"),
        "{taken:?}"
    );
    person::edit(&college.desk(), marek, (uma, &typed("409"))).await.expect("free");
    let rows = college.tables().remove("person").unwrap_or_default();
    let number =
        rows.iter().find(|row| row["id"] == Cell::Bytes(uma.0.as_bytes().to_vec())).map(|row| row["number"].clone());
    assert_eq!(number, Some(Cell::Text("409".to_owned())));
}
