//! Which columns a file may have, what they go by, and which are never let in.

use super::kind::Kind;

/// A column that a file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// A person's name.
    Name,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail address.
    Email,
    /// What the post is called.
    JobTitle,
    /// Curriculum area.
    Area,
    /// Campus.
    Site,
    /// Line manager.
    Manager,
    /// Appraiser.
    Appraiser,
    /// Roles.
    Roles,
    /// Hours of a year taken off the caseload.
    RemittedHours,
    /// Caseload of a year.
    CaseloadHours,
    /// Themes.
    Expertise,
    /// Areas a practitioner looks after.
    NominatedAreas,
    /// Weekly support hours.
    SupportHours,
    /// A whole teaching week in one cell.
    Teaching,
    /// About a practitioner.
    About,
    /// What a practitioner teaches.
    Teaches,
    /// Where to find a practitioner.
    Room,
    /// Day of the week.
    Day,
    /// When a lesson starts.
    From,
    /// When a lesson ends.
    To,
    /// What a lesson is.
    Lesson,
    /// Who leads an area.
    LedBy,
    /// The area that an area is a part of.
    PartOf,
    /// The number that the college's own records know somebody by.
    Number,
}

/// Every column with its code in forms and the database, its proper title, and what else it goes by, as [`folded`] leaves it.
const TITLES: [(Column, &str, &str, &[&str]); 26] = [
    (Column::Name, "name", "Name", &["fullname", "staffname", "displayname", "employeename", "person", "employee"]),
    (Column::FirstName, "firstName", "First name", &["forename", "givenname", "knownas", "preferredname"]),
    (Column::LastName, "lastName", "Last name", &["surname", "familyname"]),
    (Column::Email, "email", "E-mail", &["emailaddress", "workemail", "mail", "username", "userprincipalname", "upn"]),
    (
        Column::Number,
        "number",
        "Staff number",
        &[
            "staffid",
            "staffcode",
            "staffno",
            "employeenumber",
            "employeeid",
            "employeeno",
            "personnelnumber",
            "hrnumber",
        ],
    ),
    (Column::JobTitle, "job", "Job title", &["job", "post", "position", "jobrole", "posttitle"]),
    (Column::Area, "area", "Area", &["curriculumarea", "department", "school", "faculty", "dept", "division", "team"]),
    (Column::Site, "site", "Site", &["campus", "location"]),
    (
        Column::Manager,
        "manager",
        "Line manager",
        &["manager", "linemanageremail", "manageremail", "reportsto", "managedby", "linemanagername"],
    ),
    (Column::Appraiser, "appraiser", "Appraiser", &["appraiseremail", "appraisedby", "reviewer"]),
    (Column::Roles, "roles", "Roles", &["role"]),
    (
        Column::RemittedHours,
        "remitted",
        "Remitted hours",
        &["remission", "remittedhoursayear", "remittedhoursperyear", "remissionhours"],
    ),
    (
        Column::CaseloadHours,
        "caseload",
        "Caseload hours",
        &["caseload", "teachingcaseload", "annualcaseload", "caseloadhoursayear"],
    ),
    (Column::Expertise, "expertise", "Expertise", &["themes", "strengths", "specialisms"]),
    (Column::NominatedAreas, "nominated", "Nominated areas", &["nominatedarea", "nominatedschools", "looksafter"]),
    (Column::SupportHours, "supportHours", "Support hours", &["supporttimes", "weeklysupporthours"]),
    (Column::Teaching, "teaching", "Teaching", &["timetable", "lessons", "weeklyteaching"]),
    (Column::About, "about", "About", &["profile", "aboutme", "bio"]),
    (Column::Teaches, "teaches", "Teaches", &["subject", "subjects"]),
    (Column::Room, "room", "Room", &["office", "base"]),
    (Column::Day, "day", "Day", &["weekday", "dayofweek"]),
    (Column::From, "from", "From", &["start", "starts", "starttime", "begins", "timefrom"]),
    (Column::To, "to", "To", &["end", "ends", "endtime", "finish", "finishtime", "until", "timeto"]),
    (
        Column::Lesson,
        "lesson",
        "Lesson",
        &["class", "group", "course", "subject", "title", "label", "register", "session"],
    ),
    (Column::LedBy, "ledBy", "Led by", &["lead", "leader", "head", "headofdepartment", "hod", "manager", "headofarea"]),
    (Column::PartOf, "partOf", "Part of", &["parent", "parentarea", "belongsto", "faculty", "directorate"]),
];

/// What a column goes by in one kind of file only.
const ALSO: [(Kind, Column, &[&str]); 4] = [
    (Kind::Timetable, Column::Name, &["teacher", "lecturer", "staff", "tutor", "staffmember", "teachername"]),
    (Kind::Timetable, Column::Email, &["teacheremail", "staffemail"]),
    (Kind::Structure, Column::Area, &["name", "areaname"]),
    (Kind::Hours, Column::Name, &["practitioner", "tutor", "staff", "teacher"]),
];

/// The title of the column that a corrected file has beside what was there; it is passed over when it comes back.
pub const PUT_RIGHT: &str = "What to put right";

impl Column {
    /// The columns that a kind of file may have, in the order in which people choose them.
    pub const fn of_kind(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Staff => &[
                Self::Name,
                Self::FirstName,
                Self::LastName,
                Self::Email,
                Self::Number,
                Self::JobTitle,
                Self::Area,
                Self::Site,
                Self::Manager,
                Self::Appraiser,
                Self::Roles,
                Self::RemittedHours,
                Self::CaseloadHours,
                Self::Expertise,
                Self::NominatedAreas,
                Self::SupportHours,
                Self::Teaching,
                Self::About,
                Self::Teaches,
                Self::Room,
            ],
            Kind::Structure => &[Self::Area, Self::Site, Self::LedBy, Self::PartOf],
            Kind::Timetable => &[Self::Name, Self::Email, Self::Day, Self::From, Self::To, Self::Lesson],
            Kind::Hours => &[
                Self::Name,
                Self::Email,
                Self::RemittedHours,
                Self::CaseloadHours,
                Self::SupportHours,
                Self::NominatedAreas,
                Self::Expertise,
            ],
        }
    }

    /// The column that goes by this title in this kind of file.
    pub(super) fn of_title(kind: Kind, title: &str) -> Option<Self> {
        let fold = folded(title);
        let mut only = ALSO.iter().filter(|(of, ..)| *of == kind);
        if let Some((_, column, _)) = only.find(|(.., also)| also.contains(&fold.as_str())) {
            return Some(*column);
        }
        let called = |(column, _, proper, also): &&(Self, &str, &str, &[&str])| {
            Self::of_kind(kind).contains(column) && (folded(proper) == fold || also.contains(&fold.as_str()))
        };
        TITLES.iter().find(called).map(|(column, ..)| *column)
    }

    /// The longest name that a column goes by and that stands inside a title such as "Work e-mail address (primary)".
    pub(super) fn inside_title(kind: Kind, title: &str) -> Option<Self> {
        const SHORTEST: usize = 5;
        let fold = folded(title);
        let names = TITLES.iter().flat_map(|(column, _, proper, also)| {
            let also = also.iter().map(|name| (*name).to_owned());
            also.chain([folded(proper)]).map(move |name| (*column, name))
        });
        let inside = names.filter(|(column, name)| {
            Self::of_kind(kind).contains(column) && name.len() >= SHORTEST && fold.contains(name.as_str())
        });
        inside.max_by_key(|(_, name)| name.len()).map(|(column, _)| column)
    }

    /// Its proper title, for sentences.
    pub fn words(self) -> &'static str {
        TITLES.iter().find(|(column, ..)| *column == self).map_or("", |(_, _, proper, _)| proper)
    }

    /// Its code in forms and in the database.
    pub fn code(self) -> &'static str {
        TITLES.iter().find(|(column, ..)| *column == self).map_or("", |(_, code, ..)| code)
    }

    /// The column with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        TITLES.iter().find(|(_, known, ..)| *known == code).map(|(column, ..)| *column)
    }
}

/// Letters and digits in lower case: "E-mail address" is "emailaddress".
pub(super) fn folded(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many of these cells are titles that some kind of file has: a banner above the titles has none.
pub fn titles_among(cells: &[String]) -> usize {
    let known = |title: &&String| Kind::ALL.into_iter().any(|kind| Column::of_title(kind, title).is_some());
    cells.iter().filter(known).count()
}

/// Parts of titles that give away pay, identity documents, protected characteristics, or what somebody thought of a lesson.
const NEVER: [&str; 53] = [
    "salary",
    "payscale",
    "paypoint",
    "paygrade",
    "payroll",
    "payspine",
    "spinepoint",
    "spinalpoint",
    "scalepoint",
    "remuneration",
    "hourlyrate",
    "pension",
    "bonus",
    "allowance",
    "wage",
    "bank",
    "sortcode",
    "birth",
    "gender",
    "ethnic",
    "racial",
    "disab",
    "reasonableadjust",
    "neurodiver",
    "religio",
    "belief",
    "faith",
    "sexual",
    "orientation",
    "transgender",
    "marital",
    "civilpartner",
    "spouse",
    "pregnan",
    "maternity",
    "paternity",
    "menopaus",
    "nationality",
    "citizenship",
    "nationalinsurance",
    "ninumber",
    "passport",
    "visa",
    "righttowork",
    "tradeunion",
    "sickness",
    "medical",
    "disciplinary",
    "grievance",
    "capability",
    "observationgrade",
    "lessongrade",
    "performancerating",
];
/// The same, where the text is too short to look for inside other words.
const NEVER_WORDS: [&str; 19] = [
    "pay", "dob", "age", "sex", "race", "ni", "nino", "health", "union", "pronouns", "absence", "dbs", "uplift",
    "password", "grade", "grades", "rating", "ratings", "trans",
];

/// Whether a column of this title is dropped at the door (PRO-03).
pub fn is_never_let_in(title: &str) -> bool {
    let whole = folded(title);
    let mut words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).chain([whole.clone()]);
    NEVER.iter().any(|part| whole.contains(part)) || words.any(|word| NEVER_WORDS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_belongs_to_one_column_and_none_is_shut_out() {
        for kind in Kind::ALL {
            for column in Column::of_kind(kind) {
                assert_eq!(Column::of_title(kind, column.words()), Some(*column), "{kind} {column:?}");
                assert_eq!(Column::from_code(column.code()), Some(*column));
            }
        }
        let staff = TITLES.iter().filter(|(column, ..)| Column::of_kind(Kind::Staff).contains(column));
        let titles = staff.flat_map(|(column, _, proper, also)| {
            also.iter().copied().chain([*proper]).map(move |title| (*column, title))
        });
        for (column, title) in titles {
            assert_eq!(Column::of_title(Kind::Staff, title), Some(column), "{title}");
        }
        for (.., proper, also) in TITLES {
            for title in also.iter().copied().chain([proper]) {
                assert!(!is_never_let_in(title), "{title}");
            }
        }
    }

    #[test]
    fn pay_and_protected_characteristics_are_dropped_at_the_door() {
        for title in [
            "Salary",
            "Annual salary (£)",
            "Pay",
            "Pay point",
            "D.O.B.",
            "DOB",
            "Date of Birth",
            "Birth date",
            "Gender",
            "Sex",
            "Ethnic origin",
            "Ethnicity",
            "Disability",
            "Registered disabled",
            "Religion or belief",
            "NI number",
            "National Insurance No",
            "NI",
            "Sexual orientation",
            "Marital status",
            "Nationality",
            "Age",
            "Pension scheme",
            "Spine point",
            "Lesson grade",
            "Observation rating",
            "Civil partnership",
            "Reasonable adjustments",
            "Visa status",
            "Grades",
            "Password",
        ] {
            assert!(is_never_let_in(title), "{title}");
        }
        for title in ["Phone", "Payne Building", "Staff code", "Stage", "Essex campus", "Upgrade date", "Agenda"] {
            assert!(!is_never_let_in(title), "{title}");
        }
    }
}
