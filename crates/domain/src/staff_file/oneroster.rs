//! OneRoster 1.1 and 1.2 as CSV: the lists of users, organisations and roles become a staff file. Learners and their
//! families are left out, and so is everything that a staff file cannot hold.

use std::collections::{BTreeSet, HashMap};

use super::columns::folded;
use super::table::{Cell, Row, Table};

/// The lists of a OneRoster package that are read.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// `manifest.csv`.
    pub manifest: Option<Table>,
    /// `users.csv`.
    pub users: Table,
    /// `orgs.csv`.
    pub orgs: Option<Table>,
    /// `roles.csv`, which 1.2 has.
    pub roles: Option<Table>,
}

/// Why a package cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotStaff {
    /// The list of users lacks what tells people apart.
    #[error(
        "The OneRoster list of users needs the columns sourcedId, givenName, familyName and email: export it again."
    )]
    Columns,
    /// The package is of a version that nobody here knows.
    #[error("It is a OneRoster file of another version: export it as OneRoster 1.1 or 1.2 CSV.")]
    Version,
    /// There are only learners and families in it.
    #[error(
        "There are no staff in this OneRoster file, only learners and families: export the users with the role teacher too."
    )]
    Nobody,
}

/// Whether these are the titles of a OneRoster list of users.
pub fn is_users(header: &[String]) -> bool {
    let has = |wanted: &str| header.iter().any(|title| folded(title) == wanted);
    has("sourcedid") && has("givenname") && has("familyname")
}

/// A list with its columns by name.
struct List<'a> {
    table: &'a Table,
    places: HashMap<String, usize>,
}

impl<'a> List<'a> {
    fn of(table: &'a Table) -> Self {
        Self { table, places: table.header.iter().enumerate().map(|(at, title)| (folded(title), at)).collect() }
    }

    fn text(&self, row: &Row, title: &str) -> String {
        self.places
            .get(title)
            .and_then(|at| row.cells.get(*at))
            .map(Cell::as_written)
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    fn cell(&self, row: &Row, title: &str) -> Cell {
        self.places.get(title).and_then(|at| row.cells.get(*at)).cloned().unwrap_or(Cell::Empty)
    }

    /// Rows that are in force.
    fn rows(&self) -> impl Iterator<Item = &'a Row> {
        self.table.rows.iter().filter(|row| self.text(row, "status").to_lowercase() != "tobedeleted")
    }
}

/// Roles of people who are not staff.
const NOT_STAFF: [&str; 6] = ["student", "guardian", "parent", "relative", "family", "counselor"];

/// Makes a staff file of a package.
///
/// # Errors
/// When the package cannot be read or holds no staff.
pub fn staff(package: &Package) -> Result<Table, NotStaff> {
    if let Some(manifest) = &package.manifest {
        let versions = ["1.0", "1.1", "1.2"];
        let named =
            |row: &&Row| row.cells.first().map(Cell::as_written).is_some_and(|name| name == "oneroster.version");
        // The titles of the list may be its first property.
        let version = manifest.rows.iter().find(named).and_then(|row| row.cells.get(1)).map(Cell::as_written);
        if version.is_some_and(|version| !versions.contains(&version.trim())) {
            return Err(NotStaff::Version);
        }
    }
    let users = List::of(&package.users);
    if !is_users(&package.users.header) || !users.places.contains_key("email") {
        return Err(NotStaff::Columns);
    }
    let orgs = Orgs::of(package.orgs.as_ref());
    let roles = roles_of(package.roles.as_ref());
    let (mut rows, mut skipped, mut administrators) = (Vec::new(), 0_usize, 0_usize);
    for row in users.rows() {
        let id = users.text(row, "sourcedid");
        let (mut said, mut at) = roles.get(&id).cloned().unwrap_or_default();
        said.extend(words(&users.text(row, "role")));
        at.extend(words(&users.text(row, "orgsourcedids")));
        at.extend(words(&users.text(row, "primaryorgsourcedid")));
        let learner = said.is_empty() || said.iter().all(|role| NOT_STAFF.contains(&role.to_lowercase().as_str()));
        if learner || users.text(row, "enableduser").to_lowercase() == "false" {
            skipped += 1;
            continue;
        }
        administrators += usize::from(said.iter().any(|role| role.to_lowercase().contains("administrator")));
        let first = match users.cell(row, "preferredgivenname") {
            Cell::Empty => users.cell(row, "givenname"),
            preferred => preferred,
        };
        let last = match users.cell(row, "preferredfamilyname") {
            Cell::Empty => users.cell(row, "familyname"),
            preferred => preferred,
        };
        let (area, site) = orgs.place(&at);
        // What the college's own records call somebody, else what the package does.
        let number = match users.cell(row, "identifier") {
            Cell::Empty => Cell::Text(id),
            known => known,
        };
        let cells = vec![first, last, users.cell(row, "email"), number, area, site, Cell::Empty, Cell::Empty];
        rows.push(Row { line: row.line, cells });
    }
    if rows.is_empty() {
        return Err(NotStaff::Nobody);
    }
    let titles = ["First name", "Last name", "E-mail", "Staff number", "Area", "Site", "Line manager", "Roles"];
    Ok(Table {
        header: titles.map(str::to_owned).to_vec(),
        header_line: package.users.header_line,
        rows,
        note: Some(note(skipped, administrators)),
        sheet: Some("users.csv".to_owned()),
        merged: Vec::new(),
    })
}

fn note(skipped: usize, administrators: usize) -> String {
    let mut note = format!(
        "Read as OneRoster. Learners, families and users who are disabled were left out ({skipped}). OneRoster knows no line \
         managers and not the roles of this program: new people come in as teachers."
    );
    if administrators > 0 {
        note.push_str(" What it calls an administrator is a role in the college, not in this program.");
    }
    note
}

fn words(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Roles and organisations of each user, as 1.2 lists them apart.
fn roles_of(table: Option<&Table>) -> HashMap<String, (Vec<String>, Vec<String>)> {
    let mut roles: HashMap<String, (Vec<String>, Vec<String>)> = HashMap::new();
    let Some(table) = table else { return roles };
    let list = List::of(table);
    for row in list.rows() {
        let (said, at) = roles.entry(list.text(row, "usersourcedid")).or_default();
        said.extend(words(&list.text(row, "role")));
        at.extend(words(&list.text(row, "orgsourcedid")));
    }
    roles
}

/// Organisations: departments are areas, schools are sites.
#[derive(Default)]
struct Orgs {
    all: HashMap<String, (String, String, String)>,
}

impl Orgs {
    fn of(table: Option<&Table>) -> Self {
        let Some(table) = table else { return Self::default() };
        let list = List::of(table);
        let of = |row: &Row| {
            let (name, kind) = (list.text(row, "name"), list.text(row, "type").to_lowercase());
            (list.text(row, "sourcedid"), (name, kind, list.text(row, "parentsourcedid")))
        };
        Self { all: list.rows().map(of).collect() }
    }

    /// The first department and the first school among these and what they are a part of.
    fn place(&self, at: &[String]) -> (Cell, Cell) {
        let (mut area, mut site, mut seen) = (Cell::Empty, Cell::Empty, BTreeSet::new());
        let mut next: Vec<&String> = at.iter().rev().collect();
        while let Some(id) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            let Some((name, kind, parent)) = self.all.get(id) else { continue };
            match kind.as_str() {
                "department" if area == Cell::Empty => area = Cell::Text(name.clone()),
                "school" | "local" if site == Cell::Empty => site = Cell::Text(name.clone()),
                _ => {}
            }
            next.push(parent);
        }
        (area, site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        let mut lines = text.lines();
        let header = lines.next().unwrap().split(',').map(str::to_owned).collect();
        let cell = |text: &str| {
            let text = text.replace('|', ",");
            if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
        };
        let rows =
            (2..).zip(lines).map(|(line, text)| Row { line, cells: text.split(',').map(cell).collect() }).collect();
        Table { header, header_line: 1, rows, ..Table::default() }
    }

    fn written(table: &Table) -> Vec<String> {
        table.rows.iter().map(|row| row.cells.iter().map(Cell::as_written).collect::<Vec<_>>().join("/")).collect()
    }

    const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
        s1,active,,Harbour Road,school,,\n\
        d1,active,,Health & Care,department,,s1\n\
        d2,tobedeleted,,Old,department,,s1";

    /// R-IMP-8
    #[test]
    fn version_1_1_has_its_roles_and_organisations_with_the_users() {
        let users = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email\n\
            u1,active,,true,d1,teacher,,,Ann,Lee,,,ann@college.example\n\
            u2,active,,true,s1,student,,,Kim,Ode,,,kim@college.example\n\
            u3,active,,false,d1,teacher,,,Bo,Ek,,,bo@college.example\n\
            u4,tobedeleted,,true,d1,teacher,,,Cy,Orr,,,cy@college.example\n\
            u5,active,,true,d2|s1,administrator,,,Di,Poe,,4711,di@college.example";
        let package = Package { users: table(users), orgs: Some(table(ORGS)), ..Package::default() };
        let staff = staff(&package).unwrap();
        assert_eq!(
            written(&staff),
            [
                "Ann/Lee/ann@college.example/u1/Health & Care/Harbour Road//",
                "Di/Poe/di@college.example/4711//Harbour Road//"
            ]
        );
        assert_eq!(staff.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 6]);
        let note = staff.note.unwrap();
        assert!(note.contains("left out (2)") && note.contains("What it calls an administrator"), "{note}");
    }

    /// R-IMP-8
    #[test]
    fn version_1_2_has_its_roles_apart_and_preferred_names() {
        let users = "sourcedId,status,enabledUser,username,givenName,familyName,email,preferredGivenName,primaryOrgSourcedId,pronouns\n\
            u1,,true,,Catherine,Evans,c@college.example,Cati,d1,she\n\
            u2,,true,,Kim,Ode,kim@college.example,,s1,";
        let roles = "sourcedId,status,userSourcedId,roleType,role,orgSourcedId\nr1,,u1,primary,teacher,s1\nr2,,u2,primary,student,s1";
        let manifest = table("propertyName,value\noneroster.version,1.2\nfile.users,bulk");
        let package = Package {
            manifest: Some(manifest.clone()),
            users: table(users),
            orgs: Some(table(ORGS)),
            roles: Some(table(roles)),
        };
        let staff_ = staff(&package).unwrap();
        assert_eq!(written(&staff_), ["Cati/Evans/c@college.example/u1/Health & Care/Harbour Road//"]);
        assert!(!format!("{staff_:?}").contains("she\""), "pronouns are not taken over");
        let mut later = manifest;
        later.rows[0].cells[1] = Cell::Text("2.0".to_owned());
        assert_eq!(staff(&Package { manifest: Some(later), ..package }), Err(NotStaff::Version));
    }

    /// R-IMP-8
    #[test]
    fn a_list_without_staff_or_without_addresses_is_refused() {
        let none = table("sourcedId,role,givenName,familyName,email\nu1,student,Kim,Ode,k@college.example");
        assert_eq!(staff(&Package { users: none, ..Package::default() }), Err(NotStaff::Nobody));
        let bare = table("sourcedId,role,givenName,familyName\nu1,teacher,Kim,Ode");
        assert_eq!(staff(&Package { users: bare, ..Package::default() }), Err(NotStaff::Columns));
    }

    #[test]
    fn organisations_in_a_circle_end() {
        let orgs = table("sourcedId,name,type,parentSourcedId\na,A,district,b\nb,B,district,a");
        assert_eq!(Orgs::of(Some(&orgs)).place(&["a".to_owned()]), (Cell::Empty, Cell::Empty));
    }
}
