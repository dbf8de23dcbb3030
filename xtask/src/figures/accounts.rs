//! The sample people of a demo folder, as `alongside demo --accounts-json` writes them, and signing in as one of them.

use super::http::Client;
use super::page;
use crate::fault::Fault;
use crate::files;
use crate::json::{self, Json};
use std::path::Path;

/// The accounts file.
pub struct Accounts {
    /// Where the sign-in form is.
    pub path: String,
    user_field: String,
    password_field: String,
    /// The sample people.
    pub people: Vec<Person>,
}

/// One of the sample people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Roles, joined by commas.
    pub roles: String,
    /// What makes this person worth a look.
    pub note: String,
    user: String,
    password: String,
}

impl Accounts {
    /// Reads the file.
    pub fn read(file: &Path) -> Result<Self, Fault> {
        Self::from_json(&json::read(&files::read(file)?)?)
    }

    fn from_json(value: &Json) -> Result<Self, Fault> {
        let sign_in = value.get("sign_in").ok_or_else(|| missing("sign_in"))?;
        let people = value.get("people").ok_or_else(|| missing("people"))?.items();
        Ok(Self {
            path: text(sign_in, "path")?,
            user_field: text(sign_in, "user_field")?,
            password_field: text(sign_in, "password_field")?,
            people: people.iter().map(Person::from_json).collect::<Result<_, _>>()?,
        })
    }

    /// The first person whose note says this.
    pub fn whose_note_says(&self, part: &str) -> Result<&Person, Fault> {
        let found = self.people.iter().find(|person| person.note.to_lowercase().contains(part));
        found.ok_or_else(|| Fault(format!("no sample person's note says `{part}`")))
    }

    /// The password of whoever signs in under this address.
    pub fn password_of(&self, user: &str) -> Option<&str> {
        self.people.iter().find(|person| person.user == user).map(|person| person.password.as_str())
    }

    /// A browser in which the person has signed in through the ordinary form.
    pub fn sign_in(&self, address: &str, person: &Person) -> Result<Client, Fault> {
        let mut client = Client::new(address);
        let shown = client.get(&self.path)?;
        let has_field = |form: &page::Form| form.fields.iter().any(|(name, _)| *name == self.password_field);
        let form = page::forms(&shown.body).into_iter().find(has_field);
        let mut form = form.ok_or_else(|| Fault(format!("{} shows no form for a password", self.path)))?;
        form.set(&self.user_field, &person.user);
        form.set(&self.password_field, &person.password);
        let answer = client.post(&form.action, &form.fields)?;
        match answer.status {
            303 => Ok(client),
            status => Err(Fault(format!("signing in as {} was answered with {status}", person.user))),
        }
    }
}

impl Person {
    fn from_json(value: &Json) -> Result<Self, Fault> {
        let roles: Vec<&str> =
            value.get("roles").map(Json::items).unwrap_or_default().iter().filter_map(Json::text).collect();
        let (user, password) = (text(value, "user")?, text(value, "password")?);
        Ok(Self { roles: roles.join(", "), note: text(value, "note")?, user, password })
    }
}

fn text(value: &Json, key: &str) -> Result<String, Fault> {
    value.get(key).and_then(Json::text).map(String::from).ok_or_else(|| missing(key))
}

fn missing(key: &str) -> Fault {
    Fault(format!("the accounts file lacks `{key}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_with_their_roles_and_found_by_their_note() {
        let text = r#"{"base":"http://127.0.0.1:1","sign_in":{"path":"/in","user_field":"u","password_field":"p"},
            "people":[{"name":"A","roles":["teacher","head"],"user":"a","password":"x","area":null,"note":"The Lead"}]}"#;
        let accounts = Accounts::from_json(&json::read(text).unwrap()).unwrap();
        assert_eq!(accounts.whose_note_says("the lead").unwrap().roles, "teacher, head");
        assert!(accounts.whose_note_says("nobody").is_err());
    }

    #[test]
    fn a_missing_field_is_named() {
        let value = json::read(r#"{"sign_in":{"path":"/in","user_field":"u"},"people":[]}"#).unwrap();
        assert_eq!(Accounts::from_json(&value).err(), Some(Fault("the accounts file lacks `password_field`".into())));
    }
}
