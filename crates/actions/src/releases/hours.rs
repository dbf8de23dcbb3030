//! Hours in a release: by theme, and required beside voluntary (R-REL-13).

use std::collections::BTreeMap;

use domain::hours::Purpose;
use domain::ids::PersonId;
use evidence::hours::theme;
use store::counted::Entry;

use super::cover::{Cover, Hours, Noted};

/// Hours for each colleague, of entries for a purpose: an entry for several purposes or themes is divided among them.
fn by_colleague(entries: &[Entry], purpose: Purpose) -> impl Iterator<Item = (PersonId, f64, &Entry)> {
    entries.iter().filter(move |entry| entry.purposes.contains(&purpose)).filter_map(|entry| {
        let minutes = i32::try_from(entry.minutes).unwrap_or_default();
        let purposes = u32::try_from(entry.purposes.len()).unwrap_or(1);
        Some((entry.whom?, f64::from(minutes) / 60.0 / f64::from(purposes), entry))
    })
}

/// Hours of voluntary support by theme (R-REL-13).
pub fn by_theme(entries: &[Entry]) -> Hours {
    let mut all: BTreeMap<&str, BTreeMap<PersonId, f64>> = BTreeMap::new();
    for (whom, hours, entry) in by_colleague(entries, Purpose::OneToOne) {
        let each = hours / f64::from(u32::try_from(entry.themes.len().max(1)).unwrap_or(1));
        let themes = entry.themes.iter().map(String::as_str);
        for name in themes.chain(entry.themes.is_empty().then_some("")) {
            *all.entry(name).or_default().entry(whom).or_default() += each;
        }
    }
    let (mut told, mut others) = (Hours::default(), BTreeMap::<PersonId, f64>::new());
    for (name, colleagues) in all {
        let of_each: Vec<f64> = colleagues.values().copied().collect();
        match theme(&of_each) {
            Ok(hours) if !name.is_empty() => told.themes.push((name.to_owned(), hours)),
            _ => colleagues.into_iter().for_each(|(whom, hours)| *others.entry(whom).or_default() += hours),
        }
    }
    by_size(&mut told.themes);
    told.other = theme(&others.into_values().collect::<Vec<f64>>()).ok();
    told
}

/// A year's hours are those that its terms told: what was deleted in between leaves no difference (R-REL-13).
pub fn together(terms: &[&Cover]) -> Hours {
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, hours) in terms.iter().flat_map(|term| &term.hours.themes) {
        *all.entry(name).or_default() += hours;
    }
    let mut themes: Vec<(String, u64)> = all.into_iter().map(|(name, hours)| (name.to_owned(), hours)).collect();
    by_size(&mut themes);
    let others = || terms.iter().filter_map(|term| term.hours.other);
    Hours { themes, other: others().next().map(|_| others().sum()) }
}

fn by_size(themes: &mut [(String, u64)]) {
    themes.sort_by(|(one, more), (other, less)| less.cmp(more).then_with(|| one.cmp(other)));
}

/// Hours of required support where they may be shown, beside those that were asked for as the year's themes tell them: worked out by
/// themselves, the difference to the themes would tell what is held back, and what was deleted since (R-REL-13).
pub fn required(entries: &[Entry], year: &Hours) -> Option<(u64, u64)> {
    let mut all: BTreeMap<PersonId, f64> = BTreeMap::new();
    by_colleague(entries, Purpose::Required).for_each(|(whom, hours, _)| *all.entry(whom).or_default() += hours);
    let told: u64 = year.themes.iter().map(|(_, hours)| hours).chain(&year.other).sum();
    theme(&all.into_values().collect::<Vec<f64>>()).ok().filter(|_| told > 0).map(|required| (required, told))
}

/// What practitioners noted, all of them together, where no one of them can be read from it (R-REL-22). Practitioners stand here
/// where colleagues stand elsewhere.
pub fn noted(entries: &[Entry], held: i64) -> Option<Noted> {
    let of = |wanted: &[Purpose]| {
        let mut all: BTreeMap<PersonId, f64> = BTreeMap::new();
        for entry in entries {
            let ours = entry.purposes.iter().filter(|one| wanted.contains(one)).count();
            let part = f64::from(u32::try_from(ours).unwrap_or(0))
                / f64::from(u32::try_from(entry.purposes.len().max(1)).unwrap_or(1));
            let hours = f64::from(i32::try_from(entry.minutes).unwrap_or_default()) / 60.0 * part;
            *all.entry(entry.by).or_default() += hours;
        }
        all.retain(|_, hours| *hours > 0.0);
        theme(&all.into_values().collect::<Vec<f64>>()).ok()
    };
    let sessions = of(&[Purpose::Group])?;
    Some(Noted { all: of(Purpose::ALL)?, sessions, held })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(by: u128, minutes: i64, purposes: &[Purpose]) -> Entry {
        let by = PersonId(uuid::Uuid::from_u128(by));
        Entry { by, minutes, whom: None, purposes: purposes.to_vec(), themes: Vec::new() }
    }

    /// R-REL-13
    #[test]
    fn hours_that_were_asked_for_stand_beside_required_ones_as_the_themes_tell_them() {
        let required = |by: u128| Entry {
            whom: Some(PersonId(uuid::Uuid::from_u128(by))),
            ..entry(9, 6 * 60, &[Purpose::Required])
        };
        let asked = |by: u128| {
            let whom = Some(PersonId(uuid::Uuid::from_u128(by)));
            Entry { whom, themes: vec!["Rare".to_owned()], ..entry(9, 60, &[Purpose::OneToOne]) }
        };
        let mut entries: Vec<Entry> = (1..=6).map(required).collect();
        let year = Hours { themes: vec![("Questioning".to_owned(), 40)], other: None };
        assert_eq!(super::required(&entries, &year), Some((35, 40)));
        entries.extend((1..=4).map(asked));
        assert_eq!(super::required(&entries, &year), Some((35, 40)), "nothing of a theme that is held back");
        assert_eq!(super::required(&entries, &Hours::default()), None);
        assert_eq!(super::required(&entries[6..], &year), None);
    }

    /// R-REL-22
    #[test]
    fn hours_noted_are_told_of_five_practitioners_or_more_and_divided_among_their_purposes() {
        let both = [Purpose::Group, Purpose::OneToOne];
        let mut entries: Vec<Entry> = (1..=4).map(|by| entry(by, 20 * 60, &both)).collect();
        assert_eq!(noted(&entries, 3), None, "four practitioners");
        entries.push(entry(5, 22 * 60, &both));
        assert_eq!(noted(&entries, 3), Some(Noted { all: 100, sessions: 50, held: 3 }));
        entries.push(entry(5, 500 * 60, &[Purpose::OneToOne]));
        assert_eq!(noted(&entries, 3), None, "one of them makes up most of it");
    }
}
