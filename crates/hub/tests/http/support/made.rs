//! What questions of the administration are about: each time something that nobody else uses.

use sellme_core::embedded;
use serde_json::{Value, json};

use super::{Operation, Stage, fresh, talk, told};

/// The id of something that this operation is about.
pub(crate) async fn made(stage: &Stage, operation: &Operation) -> String {
    let (_, place) = operation.path.split_once("/api/admin/").unwrap_or_default();
    match place.split('/').next().unwrap_or_default() {
        "users" => stage.person_made("trainee").await["user"]["id"].as_str().unwrap().to_owned(),
        "stores" => stage.store_made().await,
        "devices" => stage.device_made().await["device"]["id"].as_str().unwrap().to_owned(),
        "catalog" => embedded::catalog().unwrap().revision.to_string(),
        "sessions" => stage.handed_in().await,
        _ => String::new(),
    }
}

impl Stage {
    /// Asks the administration as the admin to make something.
    pub(crate) async fn make(&self, path: &str, body: &Value) -> Value {
        let body = fresh(body.to_string().as_bytes());
        let made = self.admin_as(&self.admin).ask("POST", path, Some(("application/json", body))).await;
        assert_eq!(made.status, 200, "{made:?}");
        made.json()
    }

    /// Somebody who is added by the admin: `{user, invitation}`.
    pub(crate) async fn person_made(&self, role: &str) -> Value {
        self.make("/api/admin/users", &json!({ "email": "FRESH@example.com", "name": "Kim FRESH", "role": role })).await
    }

    /// The id of a session that trainee A has handed in.
    async fn handed_in(&self) -> String {
        let id = self.begun(&self.a).await;
        let figures = json!({ "productKnowledge": 1, "objectionHandling": 1, "closingTechnique": 1, "rapport": 1 });
        let done = self.as_person(&self.a).post(&format!("/api/sessions/{id}/complete"), &told(&figures, &talk()[..2])).await;
        assert_eq!(done.status, 200, "{done:?}");
        id
    }

    /// The id of a store.
    pub(crate) async fn store_made(&self) -> String {
        self.make("/api/admin/stores", &json!({ "name": "Store FRESH" })).await["id"].as_str().unwrap().to_owned()
    }

    /// A device that is enrolled: `{token, device}`.
    pub(crate) async fn device_made(&self) -> Value {
        let store = self.store_made().await;
        let offered = self.make("/api/admin/devices/codes", &json!({ "storeId": store })).await;
        let enrolled = self.as_nobody().post("/api/devices/enrol", &json!({ "code": offered["code"], "name": "Till" })).await;
        assert_eq!(enrolled.status, 200, "{enrolled:?}");
        enrolled.json()
    }
}
