//! Somebody who reads everything that three terms and a year let out, page, document and file, and works with it: two colleges
//! that differ inside the ranges look the same, byte for byte, and what is read fixes nobody.

use std::collections::BTreeMap;

use domain::programme::Model;
use domain::releases::{Measure, Standing};
use evidence::audit::{Cell, Input, KnownPerson, Published, ReaderModel, audit};

use crate::college::*;
use crate::page::Page;
use crate::story;

/// Everybody who reads releases, and others who try.
const READERS: [&str; 9] =
    [HELEN, DAFYDD, "Ruth Adeyemi", NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran", "Teacher Art 1"];

/// What tells of a release, beside the releases themselves.
const BESIDE: [&str; 20] = [
    "/",
    "/evidence",
    "/evidence/governors",
    "/evidence/governors.pdf",
    "/evidence/indicators",
    "/evidence/indicators/figures.xlsx",
    "/evidence/indicators/figures.csv",
    "/evidence/value",
    "/evidence/value?year=2026",
    "/evidence/value/case?year=2026",
    "/evidence/value/case.pdf?year=2026",
    "/evidence/value/figures.xlsx?year=2026",
    "/evidence/value/figures.csv?year=2026",
    "/evidence/cause",
    "/evidence/lots",
    "/programme/survey",
    "/programme/survey/figures.csv",
    "/programme/check",
    "/programme/reviews",
    "/programme/road",
];

/// A term of the year: when people are met, when it has come out, and where it is then.
const TERMS: [(&str, &str, &str); 3] = [
    ("2026-11-24T09:00", "2027-01-04T09:00", "2026-1"),
    ("2027-02-23T09:00", "2027-04-19T09:00", "2026-2"),
    ("2027-06-08T09:00", "2027-07-20T09:00", "2026-3"),
];
const YEAR: (&str, &str) = ("2027-09-20T09:00", "2026");

/// Four areas of twelve, beside those of the staff file.
const AREAS: [&str; 4] = ["Art", "Catering", "Tourism", "Welding"];

fn everybody() -> String {
    let line = |area: &str, number: usize| {
        format!(
            "Teacher {area} {number},{}.{number}@college.example,Lecturer,{area},South,nadia.haddad@college.example,,teacher,,,,,,,,,\n",
            area.to_lowercase()
        )
    };
    let more = AREAS.iter().flat_map(|area| (1..=12).map(move |number| line(area, number)));
    format!("{}{}", STAFF.trim_end(), "\n") + &more.collect::<String>()
}

/// Who is met in every term, and who in the other college's too: one more in each term, inside the ranges.
const MET: [&str; 6] = [
    "Teacher Art 1",
    "Teacher Art 2",
    "Teacher Catering 1",
    "Teacher Catering 2",
    "Teacher Tourism 1",
    "Teacher Tourism 2",
];
const MORE: [&str; 3] = ["Teacher Art 3", "Teacher Catering 3", "Teacher Tourism 3"];

struct Pair {
    plain: College,
    other: College,
    step: u64,
}

impl Pair {
    /// Both have the same chance for what comes next.
    fn next(&mut self) {
        self.step += 1;
        self.plain.chance.restart(self.step);
        self.other.chance.restart(self.step);
    }

    async fn to(&mut self, local: &str) {
        self.next();
        self.plain.clock(local).due().await;
        self.other.clock(local).due().await;
    }

    async fn meet(&mut self, who: &str, both: bool) {
        self.next();
        for college in [&self.plain, &self.other].into_iter().skip(usize::from(!both)) {
            let mut priya = college.browser_of(PRIYA).await;
            story::note(&mut priya, (&college.id(who), 30)).await.says("Noted.");
        }
    }

    /// The lead enters what the year cost.
    async fn costs(&mut self) {
        self.next();
        for college in [&self.plain, &self.other] {
            let mut helen = college.browser_of(HELEN).await;
            let form = helen.get("/evidence/value?year=2026").await.form("/evidence/value");
            let form = form.with("posts", 5).with("remitted", 150).with("hour", 40).with("uplift", "2,243");
            helen.does(&form).await.says("The programme cost");
        }
    }

    /// Whoever noted it can tell the two apart, so comparisons can fail.
    async fn differ(&mut self) {
        self.next();
        let (mut plain, mut other) = (self.plain.browser_of(PRIYA).await, self.other.browser_of(PRIYA).await);
        assert_ne!(plain.get("/hours").await.bytes, other.get("/hours").await.bytes);
    }

    /// Looks at everything as everybody, and asserts that it is the same in both.
    async fn compare(&mut self, out: &[&str]) {
        for who in READERS {
            self.next();
            let mut plain = self.plain.browser_of(who).await.trusting();
            let mut other = self.other.browser_of(who).await.trusting();
            for path in addresses(out) {
                self.next();
                let (one, two) = (plain.get(&path).await, other.get(&path).await);
                assert!(
                    one == two,
                    "{who} can tell the two colleges apart by {path}\n{}\n----\n{}",
                    one.body(),
                    two.body()
                );
            }
        }
    }
}

fn addresses(out: &[&str]) -> Vec<String> {
    let of = |release: &&str| {
        ["", "/report.pdf", "/figures.xlsx", "/figures.csv"].map(|end| format!("/evidence/{release}{end}"))
    };
    BESIDE.iter().map(|path| (*path).to_owned()).chain(out.iter().flat_map(of)).collect()
}

/// R-REL-9 R-DOC-1 R-DOC-3
#[tokio::test]
async fn a_reader_of_everything_for_a_year_can_tell_nobody() {
    let csv = everybody();
    let begun = |csv: String| async move { College::begun("2026-09-01T09:00", Model::Universal, &csv).await };
    let mut pair = Pair { plain: begun(csv.clone()).await, other: begun(csv.clone()).await, step: 9000 };
    let mut out = Vec::new();
    for ((met, released, address), more) in TERMS.into_iter().zip(MORE) {
        pair.to(met).await;
        for who in MET {
            pair.meet(who, true).await;
        }
        pair.meet(more, false).await;
        pair.differ().await;
        pair.to(released).await;
        out.push(address);
        pair.compare(&out).await;
    }
    pair.to(YEAR.0).await;
    pair.costs().await;
    out.push(YEAR.1);
    pair.compare(&out).await;
    let mut ruth = pair.other.browser_of("Ruth Adeyemi").await;
    let mut read = Vec::new();
    for address in &out {
        let file = ruth.get(&format!("/evidence/{address}/figures.csv")).await;
        file.is(200);
        read.push((*address, file));
    }
    solve(&csv, &read);
}

/// Who is in a line: by name, with area and standing.
fn members(csv: &str, line: &str) -> Vec<String> {
    let staff = staff(csv);
    let of = |roles: &str| {
        if roles.contains("practitioner") {
            Some(Standing::Practitioner)
        } else if roles.contains("head of department") {
            Some(Standing::Head)
        } else if roles.contains("teacher") {
            Some(Standing::Teacher)
        } else {
            None
        }
    };
    let rows = csv.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    let known: BTreeMap<&str, (&str, Standing)> =
        rows.filter_map(|row| Some((row[0], (row[3], of(row[7])?)))).collect();
    assert!(staff.people.len() > known.len() && known.len() > 50);
    let standing = Standing::ALL.iter().find(|one| one.words() == line).copied();
    let standing = standing.or_else(|| line.contains("ractitioner").then_some(Standing::Practitioner));
    let is_in = |(area, own): &(&str, Standing)| match standing {
        Some(standing) => *own == standing,
        None => line == "Everybody" || line.split(" and ").any(|part| part == *area) || line == *area,
    };
    known.iter().filter(|(_, facts)| is_in(facts)).map(|(name, _)| (*name).to_owned()).collect()
}

/// Works out from the files alone what each count can be and of whom anything is certain, knowing where everybody works.
fn solve(csv: &str, read: &[(&str, Page)]) {
    for measure in Measure::ALL {
        let mut published = Published::default();
        let mut shown = 0;
        for (address, file) in read {
            let text = String::from_utf8(file.bytes.clone()).unwrap();
            for row in
                text.lines().map(|line| line.split(',').collect::<Vec<_>>()).filter(|row| row[0] == measure.words())
            {
                let members = members(csv, row[1]);
                let end = |at: usize| row[at].parse::<f64>().ok();
                if let Some(of) = end(6) {
                    assert_eq!(of as usize, members.len(), "{address} {}", row[1]);
                }
                shown += usize::from(end(4).is_some());
                published.cells.push(Cell {
                    id: format!("{address} {}", row[1]),
                    lo: end(4),
                    hi: end(5),
                    suppressed: end(4).is_none(),
                    pop: Some(members.len() as f64),
                    members: Some(members),
                    measure: Some((*address).to_owned()),
                    ..Cell::default()
                });
            }
        }
        assert!(shown > 8, "{shown} lines of {} were read", measure.words());
        let terms: Vec<String> = TERMS.iter().map(|(.., address)| (*address).to_owned()).collect();
        published.unions.push((YEAR.1.to_owned(), terms));
        let input = |published: Published| Input {
            model: Some(ReaderModel::People),
            release: Some(published),
            ..Input::default()
        };
        let found = audit(&input(published.clone())).unwrap();
        assert!(found.disclosed.is_empty(), "{}: {:?}", measure.words(), found.disclosed);
        let mut told = published.clone();
        let first = told.cells.iter_mut().find(|cell| cell.lo.is_some()).unwrap();
        first.hi = first.lo;
        assert!(!audit(&input(told)).unwrap().disclosed.is_empty(), "nothing would be found here");
        // Whoever was met knows that of themselves; nobody else becomes certain by it.
        for own in ["2026-1", "2026-2", "2026-3", "2026"] {
            let of: BTreeMap<String, u8> = [(own.to_owned(), 1)].into();
            let mut knowing = published.clone();
            knowing.known_people.insert(MET[0].to_owned(), KnownPerson::Each(of));
            let found = audit(&input(knowing)).unwrap();
            let others: Vec<&String> = found.people.keys().filter(|who| *who != MET[0]).collect();
            assert!(others.is_empty(), "{}: {others:?}", measure.words());
        }
    }
}
