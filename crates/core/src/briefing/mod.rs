//! What a voice model is told to be: the same customer that the practice partner plays. `brief` says who it is before the call, `tool` how it reports what it does,
//! `call` reads those reports, `steer` tells it where the practice partner's own policy has moved meanwhile, `guard` notices where it fell out of its role. The
//! words are data, in `data/briefing.toml`. Nothing here takes in a word of a rep, so none can get into the instructions.

mod brief;
mod call;
mod guard;
mod sheet;
mod steer;
mod tool;
mod words;

pub use brief::Brief;
pub use guard::{Slip, back_to_role, slips};
pub use steer::steer;
pub use tool::Tool;
