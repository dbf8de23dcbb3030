//! The one migration tree. A released migration is never changed; foreign keys among tables come in steps of their own.

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait::async_trait};

mod frame;
mod m0001_tables;
mod m0002_references;
mod people;
mod support;

/// All migrations, in order.
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_tables::Tables), Box::new(m0002_references::References)]
    }
}
