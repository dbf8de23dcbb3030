//! The foreign keys, where the database can add them to tables that stand already.

use sea_orm::DbBackend;
use sea_orm_migration::async_trait::async_trait;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager};

use super::{people, support};

/// Adds the foreign keys. SQLite has them from the start, because it cannot add them.
pub struct References;

impl MigrationName for References {
    fn name(&self) -> &'static str {
        "m0002_references"
    }
}

#[async_trait]
impl MigrationTrait for References {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        for table in people::TABLES.iter().chain(support::TABLES) {
            for key in table.foreign_keys() {
                manager.create_foreign_key(key).await?;
            }
        }
        Ok(())
    }
}
