//! What admins see to: people, invitations, stores, devices and the log.

mod devices;
mod invitations;
mod people;
mod stores;

use sellme_app::company::{Admin, Invited, Manager};
use sellme_core::{company::Role, id::ShopId};
use sellme_tests::company::Office;

/// An admin of the company.
async fn admin(office: &Office) -> Admin {
    Admin::of(office.person("Ada", Role::Admin).await).unwrap()
}

/// The same as a manager, who an admin is too.
fn manager(admin: &Admin) -> Manager {
    Manager::of(admin.holder().clone()).unwrap()
}

/// Somebody to be added.
fn invited(name: &str, role: Role, shop: Option<ShopId>) -> Invited {
    Invited { email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")), name: name.to_owned(), role, shop }
}
