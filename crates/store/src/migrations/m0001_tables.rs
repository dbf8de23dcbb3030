//! The first tables.

use sea_orm::DbBackend;
use sea_orm_migration::async_trait::async_trait;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager};

use super::{people, support};

/// Creates the tables of people, programme, support and hours.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m0001_tables"
    }
}

#[async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        for table in people::TABLES.iter().chain(support::TABLES) {
            manager.create_table(table.create(sqlite)).await?;
            for index in table.indexes() {
                manager.create_index(index).await?;
            }
        }
        Ok(())
    }
}
