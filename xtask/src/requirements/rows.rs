//! The rows as they are written by hand: `REF-02 | what it asks`, under headings, one line each.

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Such as `REF-02`.
    pub id: String,
    /// What it asks, in words of our own.
    pub words: String,
    /// What of it is missing so far, if somebody has said.
    pub missing: Option<String>,
}

/// Rows that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// Such as "Asking for support".
    pub name: String,
    /// In the order of the list.
    pub rows: Vec<Row>,
}

/// Every family.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rows(pub Vec<Family>);

impl Rows {
    /// Every row.
    pub fn all(&self) -> impl Iterator<Item = &Row> {
        self.0.iter().flat_map(|family| &family.rows)
    }

    /// Whether the list has it.
    pub fn has(&self, id: &str) -> bool {
        self.all().any(|row| row.id == id)
    }
}

/// Reads the list; what is wrong with it is told with its line.
pub fn read(text: &str) -> Result<Rows, (usize, String)> {
    let mut rows = Rows::default();
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(name) = text.strip_prefix("# ") {
            rows.0.push(Family { name: name.into(), rows: Vec::new() });
        } else if !text.is_empty() {
            let row = row(text).ok_or_else(|| (line, "write a row as `REF-02 | what it asks`".to_string()))?;
            if rows.has(&row.id) {
                return Err((line, format!("{} stands here twice", row.id)));
            }
            let family = rows.0.last_mut().ok_or_else(|| (line, "a row needs a heading above it".to_string()))?;
            family.rows.push(row);
        }
    }
    Ok(rows)
}

fn row(text: &str) -> Option<Row> {
    let mut parts = text.split(" | ");
    let (id, words) = (parts.next()?.trim(), parts.next()?.trim());
    let missing = parts.next().map(|missing| missing.trim().to_string());
    let whole = !words.is_empty() && parts.next().is_none();
    (whole && is_id(id)).then(|| Row { id: id.into(), words: words.into(), missing })
}

/// The rows named in a text, in order, each as often as it stands there.
pub fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| is_id(word))
}

/// Three capital letters, a hyphen and two digits.
fn is_id(word: &str) -> bool {
    let Some((family, number)) = word.split_once('-') else { return false };
    let capitals = family.len() == 3 && family.chars().all(|c| c.is_ascii_uppercase());
    capitals && number.len() == 2 && number.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_families_rows_and_what_is_missing() {
        let rows =
            read("# Asking\n\nREF-01 | Everybody can ask\nREF-02 | Nobody approves | not by telephone\n").unwrap();
        let [family] = rows.0.as_slice() else { panic!("{rows:?}") };
        assert_eq!(family.name, "Asking");
        let told: Vec<_> = rows.all().map(|row| (row.id.as_str(), row.missing.as_deref())).collect();
        assert_eq!(told, [("REF-01", None), ("REF-02", Some("not by telephone"))]);
        assert!(rows.has("REF-02") && !rows.has("REF-03"));
    }

    #[test]
    fn what_is_wrong_with_the_list_is_told_with_its_line() {
        assert_eq!(read("# A\nREF-1 | x").unwrap_err().0, 2);
        assert_eq!(read("# A\nREF-01 |").unwrap_err().0, 2);
        assert_eq!(read("REF-01 | x").unwrap_err(), (1, "a row needs a heading above it".into()));
        assert_eq!(read("# A\nREF-01 | x\nREF-01 | y").unwrap_err(), (3, "REF-01 stands here twice".into()));
    }

    #[test]
    fn rule_numbers_hashes_and_other_words_are_not_rows() {
        let found: Vec<&str> = ids("*(REF-01, OBS-02)* R-REF-10 SHA-256 UTF-8 REF-1 COA-003").collect();
        assert_eq!(found, ["REF-01", "OBS-02"]);
    }
}
