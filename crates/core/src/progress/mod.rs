//! What the attempts add up to. The store counts, this module judges.

pub mod tallies;
mod view;

pub use tallies::Tallies;
pub use view::{Badge, DayMark, Direction, Mastery, Progress, ScorePoint, SkillProgress, Trend};
