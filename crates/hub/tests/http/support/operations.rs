//! The operations of the OpenAPI document, from which tests are made: a new route is in them by itself.

use std::sync::atomic::{AtomicU32, Ordering};

use sellme_core::embedded;
use serde_json::{Value, json};

use super::{SCENARIO, talk, told};

/// Which of the two that the server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    Application,
    Administration,
}

impl Api {
    pub(crate) const BOTH: [Self; 2] = [Self::Application, Self::Administration];

    /// The document.
    pub(crate) fn document(self) -> Value {
        let document = match self {
            Self::Application => sellme_hub::openapi(),
            Self::Administration => sellme_hub::openapi_admin(),
        };
        serde_json::to_value(document).unwrap()
    }

    /// All operations of the document.
    pub(crate) fn operations(self) -> Vec<Operation> {
        let document = self.document();
        let paths = document["paths"].as_object().unwrap();
        let methods = |(path, said): (&String, &Value)| -> Vec<Operation> {
            let operation = |(method, said): (&String, &Value)| Operation {
                api: self,
                name: format!("{} {path}", method.to_uppercase()),
                method: method.to_uppercase(),
                path: path.clone(),
                said: said.clone(),
            };
            said.as_object().unwrap().iter().map(operation).collect()
        };
        let operations: Vec<_> = paths.iter().flat_map(methods).collect();
        for operation in &operations {
            assert_eq!(
                operation.body().is_some(),
                operation.said["requestBody"].is_object(),
                "{}: an operation that takes a body needs an example of one in the tests",
                operation.name
            );
        }
        operations
    }
}

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) api: Api,
    /// Such as `GET /api/sessions/{id}`.
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// What the document says of it.
    pub(crate) said: Value,
}

impl Operation {
    /// The path with this in the place of the id.
    pub(crate) fn at(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }

    /// A body that it takes; `FRESH` in it is different each time, where no two may be the same. A text is a table.
    pub(crate) fn body(&self) -> Option<Value> {
        match self.name.as_str() {
            "POST /api/sign-in" => Some(json!({ "email": "FRESH@example.com", "password": "nobody's password", "name": "tests" })),
            "POST /api/me/password" => Some(json!({ "oldPassword": "not the password", "newPassword": "another saddle canyon" })),
            "POST /api/tokens" => Some(json!({ "name": "laptop", "days": 7 })),
            "PATCH /api/me" => Some(json!({ "onLeaderboard": true })),
            "POST /api/sessions" => Some(json!({ "scenarioId": SCENARIO })),
            "POST /api/sessions/{id}/complete" => {
                let figures = json!({ "productKnowledge": 60, "objectionHandling": 55, "closingTechnique": 50, "rapport": 65 });
                Some(told(&figures, &talk()))
            }
            "POST /api/sessions/{id}/realtime" => Some(json!({})),
            "POST /api/invitations/accept" => Some(json!({ "code": "no code", "password": "another saddle canyon", "name": "tests" })),
            "POST /api/devices/enrol" => Some(json!({ "code": "00000-00000", "name": "Till" })),
            "POST /api/admin/users" => {
                Some(json!({ "email": "FRESH@example.com", "name": "Kim FRESH", "role": "trainee", "storeId": null }))
            }
            "PATCH /api/admin/users/{id}" => Some(json!({ "name": "Kim Lake", "role": "manager", "storeId": null, "disabled": false })),
            "POST /api/admin/users/import" => Some(json!("email,name,role,storeName\nFRESH@example.com,Jo FRESH,trainee,\n")),
            "POST /api/admin/stores" | "PATCH /api/admin/stores/{id}" => Some(json!({ "name": "Store FRESH" })),
            "POST /api/admin/devices/codes" => Some(json!({ "storeId": "STORE" })),
            // The newest edition once more is no other.
            "POST /api/admin/catalog/editions" | "POST /api/admin/catalog/check" => {
                Some(json!({ "catalog": embedded::catalog().unwrap() }))
            }
            "POST /api/admin/catalog/dry-run" => Some(json!({ "catalog": embedded::catalog().unwrap(), "sessions": 1 })),
            "PUT /api/admin/sessions/{id}/review" => Some(json!({ "comment": "Ask sooner.", "score": 80 })),
            "PATCH /api/admin/settings" => Some(json!({ "leaderboardMinimum": 3 })),
            "PATCH /api/admin/devices/{id}" => Some(json!({ "name": "Boots, by the door" })),
            _ => None,
        }
    }
}

/// The application's document.
pub(crate) fn document() -> Value {
    Api::Application.document()
}

/// All operations of the application.
pub(crate) fn operations() -> Vec<Operation> {
    Api::Application.operations()
}

/// All operations of both.
pub(crate) fn all_operations() -> Vec<Operation> {
    Api::BOTH.into_iter().flat_map(Api::operations).collect()
}

/// The body with something that never was in the place of `FRESH`.
pub(crate) fn fresh(body: &[u8]) -> Vec<u8> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mark = b"FRESH";
    let mut whole = body.to_vec();
    while let Some(at) = whole.windows(mark.len()).position(|window| window == mark) {
        let number = format!("fresh{}", COUNT.fetch_add(1, Ordering::Relaxed));
        whole.splice(at..at + mark.len(), number.into_bytes());
    }
    whole
}
