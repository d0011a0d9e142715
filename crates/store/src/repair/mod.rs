//! Repair.
use crate::{Folder, Result, StoreError};
use sellme_core::{Millis, wire::Notice};
pub(crate) fn repair(folder: &Folder, _now: Millis) -> Result<Notice> {
    Err(StoreError::Damaged(folder.file().display().to_string()))
}
