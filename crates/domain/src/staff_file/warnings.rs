//! What a staff file may leave out, and what follows from it.

use super::{Known, Staff};
use crate::people::Role;

/// A sentence for everything that somebody should look at before the file is taken over.
pub(super) fn of(staff: &Staff, known: &Known) -> Vec<String> {
    // A file for a college that is there may be a part of it: who is not in it is not missed here.
    if !known.people.is_empty() {
        return Vec::new();
    }
    let has = |role| staff.people.iter().any(|person| person.roles.has(role));
    let mut warnings = Vec::new();
    let absent = [
        (Role::ProgrammeLead, "nobody can run the programme or see its hours"),
        (Role::Administrator, "nobody can look after accounts"),
        (Role::Practitioner, "nobody can be asked for support"),
        (Role::SafeguardingLead, "nobody receives disclosures"),
    ];
    for (role, so) in absent {
        if !has(role) {
            warnings.push(format!("Nobody has the role {}, so {so}.", role.words()));
        }
    }
    let in_classrooms =
        || staff.people.iter().filter(|p| p.roles.has(Role::Teacher) || p.roles.has(Role::Practitioner));
    if let Some(people_have) = counted(in_classrooms().filter(|person| person.area.is_none()).count()) {
        warnings.push(format!("{people_have} no area, so no practitioner is nominated for them."));
    }
    if let Some(people_have) = counted(in_classrooms().filter(|person| person.manager.is_none()).count()) {
        warnings.push(format!("{people_have} no line manager, so conflicts cannot be found for them."));
    }
    let mut in_area = vec![0_usize; staff.areas.len()];
    for area in staff.people.iter().filter_map(|person| person.area) {
        if let Some(count) = in_area.get_mut(area) {
            *count += 1;
        }
    }
    for (area, _) in staff.areas.iter().zip(in_area).filter(|(_, count)| *count == 1) {
        warnings.push(format!("“{area}” has only one person: check the spelling of the area."));
    }
    warnings
}

fn counted(people: usize) -> Option<String> {
    match people {
        0 => None,
        1 => Some("1 person who teaches or supports has".to_owned()),
        many => Some(format!("{many} people who teach or support have")),
    }
}
