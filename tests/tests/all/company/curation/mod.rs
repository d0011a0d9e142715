//! What managers and admins do with the company's practice.

mod boards;
mod editions;
mod reviews;
mod team;

use sellme_app::company::{Admin, Manager};
use sellme_core::company::{Holder, Role};
use sellme_tests::company::Office;

/// An admin of the company.
async fn admin(office: &Office) -> Admin {
    Admin::of(office.person("Ada", Role::Admin).await).unwrap()
}

/// This person as a manager.
fn managing(holder: &Holder) -> Manager {
    Manager::of(Holder { role: Role::Manager, ..holder.clone() }).unwrap()
}
