//! The size of the window's pages, as they would go over a wire.

use anyhow::{Context, Result};

use super::{measured::Measured, row::Row};
use crate::{
    command::{run, watch},
    ui,
};

/// Builds the pages and weighs them.
pub(super) fn measure() -> Result<Vec<Row>> {
    run(&mut ui::script("build"))?;
    // It fails over the budget; the table says so then.
    let (printed, _) = watch(&mut ui::script("size"))?;
    let size = Measured::read(&printed).get("bundle-kb").context("`npm run size` names no size")?;
    Ok(vec![Row::at_most("window's pages, gzip, without fonts", size, 300.0, "KB")])
}
