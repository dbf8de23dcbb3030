//! The database's file as whoever takes it would read it: every row of every table, with nothing of ours in between.

use std::collections::BTreeMap;
use std::path::Path;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row by its columns.
pub type Row = BTreeMap<String, Value>;
/// Every table but the one that says which migrations were made; rows in order of what they hold.
pub type Tables = BTreeMap<String, Vec<Row>>;

/// Reads every table. Nobody may be writing meanwhile.
pub fn tables(database: &Path) -> Tables {
    let pages = Pages::of(database);
    let mut tables = Tables::new();
    for cells in pages.rows(1) {
        let [Value::Text(kind), Value::Text(name), _, Value::Number(root), Value::Text(made)] = cells.as_slice() else {
            continue;
        };
        if kind == "table" && !name.starts_with("sqlite_") && name != "migration" {
            let columns = columns(made);
            let row = |cells: Vec<Value>| columns.iter().cloned().zip(cells).collect();
            let root = usize::try_from(*root).expect("a page");
            let mut rows: Vec<Row> = pages.rows(root).into_iter().map(row).collect();
            rows.sort();
            tables.insert(name.clone(), rows);
        }
    }
    tables
}

/// Whether these bytes stand anywhere in the database or its journal.
pub fn holds(database: &Path, wanted: &[u8]) -> bool {
    [database.to_owned(), journal(database)]
        .iter()
        .any(|file| std::fs::read(file).unwrap_or_default().windows(wanted.len()).any(|part| part == wanted))
}

fn journal(database: &Path) -> std::path::PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// The columns' names: what stands in quotation marks before the keys.
fn columns(made: &str) -> Vec<String> {
    let body = made.split_once('(').map_or("", |(_, body)| body);
    let ends = ["PRIMARY KEY (", "CONSTRAINT "].iter().filter_map(|key| body.find(key)).min();
    body.get(..ends.unwrap_or(body.len()))
        .unwrap_or_default()
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The pages of a database with what its journal puts in their place.
struct Pages {
    size: usize,
    usable: usize,
    all: BTreeMap<usize, Vec<u8>>,
}

fn big(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// A number of one to nine bytes, and how many they were.
fn varint(bytes: &[u8]) -> (u64, usize) {
    let mut sum = 0_u64;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return (sum << 8 | u64::from(*byte), 9);
        }
        sum = sum << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return (sum, at + 1);
        }
    }
    (sum, bytes.len())
}

fn length(number: u64) -> usize {
    usize::try_from(number).expect("a length")
}

impl Pages {
    fn of(database: &Path) -> Self {
        let bytes = std::fs::read(database).expect("the database");
        let journal = std::fs::read(journal(database)).unwrap_or_default();
        // A fresh database may still stand in its journal alone.
        let size = if bytes.len() >= 100 { big(&bytes[16..18]) } else { big(&journal[8..12]) };
        let size = if size == 1 { 65536 } else { size };
        let mut all: BTreeMap<usize, Vec<u8>> =
            bytes.chunks_exact(size).enumerate().map(|(at, page)| (at + 1, page.to_vec())).collect();
        let mut waiting = Vec::new();
        let salt = journal.get(16..24).unwrap_or_default().to_vec();
        for frame in journal.get(32..).unwrap_or_default().chunks_exact(24 + size) {
            if frame[8..16] != salt {
                break;
            }
            waiting.push((big(&frame[..4]), frame[24..].to_vec()));
            // The last frame of a commit says how large the database is then.
            if big(&frame[4..8]) > 0 {
                all.extend(waiting.drain(..));
            }
        }
        let kept = all.get(&1).map_or(0, |first| usize::from(first[20]));
        Self { size, usable: size - kept, all }
    }

    /// The rows of the table that begins at a page.
    fn rows(&self, root: usize) -> Vec<Vec<Value>> {
        let page = &self.all[&root];
        let start = if root == 1 { 100 } else { 0 };
        let count = big(&page[start + 3..start + 5]);
        let cell = |at: usize, head: usize| big(&page[start + head + 2 * at..start + head + 2 * at + 2]);
        match page[start] {
            0x0d => (0..count).map(|at| self.row(&page[cell(at, 8)..])).collect(),
            0x05 => {
                let children = (0..count).map(|at| big(&page[cell(at, 12)..cell(at, 12) + 4]));
                let last = big(&page[start + 8..start + 12]);
                children.chain([last]).flat_map(|child| self.rows(child)).collect()
            }
            other => panic!("page {root} of {} is of kind {other}, not of a table", self.size),
        }
    }

    fn row(&self, cell: &[u8]) -> Vec<Value> {
        let (whole, one) = varint(cell);
        let (_, two) = varint(&cell[one..]);
        let (whole, cell) = (length(whole), &cell[one + two..]);
        let most = self.usable - 35;
        let least = (self.usable - 12) * 32 / 255 - 23;
        let here = match least + (whole.wrapping_sub(least)) % (self.usable - 4) {
            _ if whole <= most => whole,
            some if some <= most => some,
            _ => least,
        };
        let mut record = cell[..here].to_vec();
        let mut next = if here < whole { big(&cell[here..here + 4]) } else { 0 };
        while next != 0 {
            let page = &self.all[&next];
            record.extend_from_slice(&page[4..self.usable.min(4 + whole - record.len())]);
            next = big(&page[..4]);
        }
        values(&record)
    }
}

fn values(record: &[u8]) -> Vec<Value> {
    let (head, mut at) = varint(record);
    let (head, mut body) = (length(head), length(head));
    let mut values = Vec::new();
    while at < head {
        let (kind, taken) = varint(&record[at..]);
        at += taken;
        let size = match kind {
            0 | 8 | 9 => 0,
            1..=4 => length(kind),
            5 => 6,
            6 | 7 => 8,
            _ => length((kind - 12) / 2),
        };
        let bytes = &record[body..body + size];
        body += size;
        values.push(match kind {
            0 => Value::Null,
            8 | 9 => Value::Number(i64::from(kind == 9)),
            1..=6 => {
                let below = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
                let sum = bytes.iter().fold(if below { -1 } else { 0 }, |sum: i64, byte| sum << 8 | i64::from(*byte));
                Value::Number(sum)
            }
            7 => panic!("no column holds fractions"),
            kind if kind % 2 == 0 => Value::Bytes(bytes.to_vec()),
            _ => Value::Text(String::from_utf8(bytes.to_vec()).expect("text")),
        });
    }
    values
}
