//! Files of settings in the data folder (`mail.conf`, `backup.conf`): a line is `key = value`, what begins with `#` is for
//! people. Rules R-MAI-8 and R-BAK-7.

use std::io::ErrorKind;
use std::path::Path;

const MOST_BYTES: usize = 64 * 1024;

/// Why a file of settings cannot be used, in a sentence. Holds no value of its.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {said}", .line.map_or(String::new(), |line| format!(", line {line}")))]
pub struct SettingsError {
    file: &'static str,
    line: Option<usize>,
    said: &'static str,
}

/// A file of settings, by its name.
#[derive(Debug, Clone, Copy)]
pub struct Conf(pub &'static str);

impl Conf {
    /// What is wrong with the file as a whole.
    pub const fn whole(self, said: &'static str) -> SettingsError {
        SettingsError { file: self.0, line: None, said }
    }

    /// The text of the file in a data folder; nothing where there is none.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn text(self, folder: &Path) -> Result<String, SettingsError> {
        match std::fs::read(folder.join(self.0)) {
            Ok(bytes) if bytes.len() > MOST_BYTES => Err(self.whole("that is no file of settings")),
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| self.whole("save it as UTF-8")),
            Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(_) => Err(self.whole("it cannot be read; check its rights")),
        }
    }

    /// Hands every key and its value to `take`, which says what is wrong with them.
    ///
    /// # Errors
    /// What is wrong, and in which line.
    pub fn each(
        self,
        text: &str,
        mut take: impl FnMut(&str, &str) -> Result<(), &'static str>,
    ) -> Result<(), SettingsError> {
        let mut read = |line: &str| {
            let (key, value) = line.split_once('=').ok_or("write it as `key = value`")?;
            match value.trim() {
                "" => Err("something is missing behind the equals sign"),
                value => take(key.trim(), value),
            }
        };
        for (line, text) in (1..).zip(text.lines().map(str::trim)) {
            if !text.is_empty() && !text.starts_with('#') {
                read(text).map_err(|said| SettingsError { file: self.0, line: Some(line), said })?;
            }
        }
        Ok(())
    }
}

/// Keeps a value for which there is none yet.
///
/// # Errors
/// A second one.
pub fn once<T>(place: &mut Option<T>, value: T) -> Result<(), &'static str> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err("this key stands twice"),
    }
}
