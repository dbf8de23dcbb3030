//! The working copy: who takes part in which thread and which hours came of it, in the clear, so that the program can find
//! somebody's threads. What lasts is sealed under the threads' shred keys; from that the copy is made anew whenever the store is
//! opened, and no backup holds it: the file `participants.db` beside SQLite's own, unlogged tables on PostgreSQL (R-RET-4).

use std::collections::HashMap;

use domain::ids::{InstitutionId, ThreadId};
use sealing::Layer;
use uuid::Uuid;

use crate::db::{Db, Dialect, Fault, Store};
use crate::keyring::Keyring;
use crate::row::row;
use crate::{entries, participants};

/// The tables of the working copy. They are made anew, never copied.
pub(crate) const TABLES: [&str; 2] = ["participant", "entry_thread"];

/// Shred keys as layers, each read once.
#[derive(Default)]
pub(crate) struct Layers(HashMap<(Uuid, Uuid), Layer>);

impl Layers {
    /// Those there are. A thread whose shred key is gone stays without: nobody learns who was in it.
    fn all(keyring: &Keyring) -> Result<Self, Fault> {
        let secrets = keyring.threads()?;
        let layers = secrets.into_iter().filter_map(|(key, secret)| Some((key, Layer::of(&secret).ok()?)));
        Ok(Self(layers.collect()))
    }

    /// A thread's, if there is one.
    pub(crate) fn known(&self, key: (Uuid, Uuid)) -> Option<&Layer> {
        self.0.get(&key)
    }

    /// A thread's, made where there is none yet.
    pub(crate) fn of(&mut self, keyring: &Keyring, key: (Uuid, Uuid)) -> Result<&Layer, Fault> {
        use std::collections::hash_map::Entry;
        match self.0.entry(key) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let made = participants::layer(keyring, InstitutionId(key.0), ThreadId(key.1))?;
                Ok(place.insert(made))
            }
        }
    }
}

row! {
    struct Whole {
        whole: bool,
    }
}

const WHOLE: &str = "SELECT (EXISTS (SELECT 1 FROM participant) OR NOT EXISTS (SELECT 1 FROM sealed_participant)) \
    AND (EXISTS (SELECT 1 FROM entry_thread) OR NOT EXISTS (SELECT 1 FROM sealed_entry)) AS whole";

async fn is_whole(db: &Db) -> Result<bool, Fault> {
    db.first::<Whole, 0>(WHOLE, []).await?.map(|row| row.whole).ok_or(Fault::Missing("working copy"))
}

/// Makes the working copy anew: always, or where it is gone (PostgreSQL empties it when its server breaks down).
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn renew(store: &Store, always: bool) -> Result<(), Fault> {
    if !always && is_whole(&store.read()).await? {
        return Ok(());
    }
    let db = store.write().await?;
    if !always && is_whole(&db).await? {
        return Ok(());
    }
    // Other copies of the program may use a server's database: what they know is not taken away.
    if store.dialect() == Dialect::Sqlite {
        for table in TABLES {
            db.run(&format!("DELETE FROM {table}"), []).await?;
        }
    }
    let layers = Layers::all(store.keyring())?;
    participants::renew(&db, &layers).await?;
    entries::renew(&db, &layers).await?;
    db.commit().await
}

/// Seals what stood in the clear in a database of before, at the step that takes it out of the main file.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn seal(db: &Db, table: &str) -> Result<(), Fault> {
    if table == "participant" { participants::seal_all(db).await } else { entries::seal_all(db).await }
}
