//! What the attempts add up to. The store counts, this module judges.

mod badges;
mod judge;
mod recommend;
mod streak;
pub mod tallies;
mod view;

pub use judge::judge;
pub(crate) use judge::trend;
pub use recommend::{Candidate, level, recommend};
pub use tallies::{ProductTally, SkillTally, Sum, Tallies};
pub use view::{Badge, DayMark, Direction, Mastery, Progress, ScorePoint, SkillProgress, Trend};
