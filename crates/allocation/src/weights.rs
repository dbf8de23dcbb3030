//! Every constant of the score, in one place. Points; the reasons for the sizes are in the table at the crate's root.

use crate::problem::{Room, Strength};

/// Points for one per cent of quality in one theme.
pub const THEME: i64 = 3;
/// Most that expertise counts above what a generalist brings, all themes together: leading on two of them.
pub const EXPERTISE_AT_MOST: i64 = 360;
/// Per cent of quality that everybody brings to a theme they did not name (MAT-01).
pub const GENERALIST: i64 = 40;
/// From outside the asker's own area (MAT-04).
pub const OUTSIDE: i64 = 150;
/// Nominated for the asker's area (MAT-02).
pub const NOMINATED: i64 = 100;
/// Leads on an asked theme in every area (MAT-03), in place of what areas bring: more than both together.
pub const EVERYWHERE: i64 = OUTSIDE + NOMINATED + 50;
/// Has worked with the asker before.
pub const WORKED_TOGETHER: i64 = 200;
/// Has published time in the half-days that suit the asker (REF-09).
pub const TIME: i64 = 120;
/// First, second and third choice (REF-08); later ones count nothing.
pub const CHOICE: [i64; 3] = [400, 200, 100];

/// Per cent of quality by strength, in the asked phase.
pub const fn quality(strength: Strength) -> i64 {
    match strength {
        Strength::Familiar => 65,
        Strength::Strong => 85,
        Strength::Leads | Strength::Everywhere => 100,
    }
}

/// What a practitioner's load costs: each step costs more than the one before (TIM-05).
pub const fn room(room: Room) -> i64 {
    match room {
        Room::HasRoom => 0,
        Room::NearlyFull => -60,
        Room::Full => -210,
    }
}
