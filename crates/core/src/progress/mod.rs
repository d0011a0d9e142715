//! What the attempts add up to. The store counts, this module judges.

mod view;

pub use view::{Badge, DayMark, Direction, Mastery, Progress, ScorePoint, SkillProgress, Trend};
