//! Prints a conversation of the practice partner with a scripted rep, to be read critically.
//!
//! `cargo run -p sellme-core --example talk -- <scenario id> [seed] < script` where the script has one rep line per line.

use std::io::{self, BufRead, Write};

use sellme_core::{
    customer::Partner,
    embedded,
    scoring::listen::Listener,
    session::{Speaker, Turn},
};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let id = arguments.next().unwrap_or_default();
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let cues_too = arguments.next().is_some();
    let catalog = embedded::catalog().map_err(io::Error::other)?;
    let mut out = io::stdout().lock();
    let Some((product, scenario)) = catalog.scenario(&id) else {
        for scenario in catalog.products.iter().flat_map(|product| &product.scenarios) {
            writeln!(out, "{}", scenario.id)?;
        }
        return Ok(());
    };
    let mut listener = Listener::new(Some(product), Some(scenario), &catalog.policies);
    let mut partner = Partner::new(product, scenario, &catalog.policies, seed);
    writeln!(out, "== {id} (seed {seed}): {}", scenario.title)?;
    let opening = partner.open();
    listener.hear(&Turn::typed(0, Speaker::Customer, opening.text.clone()));
    writeln!(out, "  {}", opening.text)?;
    for (index, line) in (0u32..).zip(io::stdin().lock().lines()) {
        let turn = Turn::typed(index * 2 + 1, Speaker::Rep, line?);
        let cues = listener.hear(&turn);
        let reply = partner.hear(&turn, &cues);
        writeln!(out, "> {}", turn.text)?;
        if cues_too {
            for cue in &cues {
                writeln!(out, "      {:?} {:?} {:?} {:?} “{}”", cue.kind, cue.subject, cue.refers_to, cue.verdict, cue.quote)?;
            }
        }
        let heard = listener.hear(&Turn::typed(index * 2 + 2, Speaker::Customer, reply.text.clone()));
        writeln!(out, "  {}    [{:?}] {:?}", reply.text, reply.state.mood, reply.signals)?;
        if cues_too {
            for cue in &heard {
                writeln!(out, "      = {:?} {:?} {:?} “{}”", cue.kind, cue.subject, cue.refers_to, cue.quote)?;
            }
        }
        if reply.state.ended {
            break;
        }
    }
    writeln!(out, "  => {:?}", partner.decision())
}
