//! The operations of the OpenAPI document, from which tests are made: a new route is in them by itself.

use serde_json::{Value, json};

use super::{SCENARIO, talk, told};

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
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

    /// A body that it takes.
    pub(crate) fn body(&self) -> Option<Value> {
        match self.name.as_str() {
            "POST /api/sign-in" => Some(json!({ "email": "nobody@example.com", "password": "nobody's password", "name": "tests" })),
            "POST /api/me/password" => Some(json!({ "oldPassword": "not the password", "newPassword": "another saddle canyon" })),
            "PATCH /api/me" => Some(json!({ "onLeaderboard": true })),
            "POST /api/sessions" => Some(json!({ "scenarioId": SCENARIO })),
            "POST /api/sessions/{id}/complete" => {
                let figures = json!({ "productKnowledge": 60, "objectionHandling": 55, "closingTechnique": 50, "rapport": 65 });
                Some(told(&figures, &talk()))
            }
            "POST /api/sessions/{id}/realtime" => Some(json!({})),
            _ => None,
        }
    }
}

/// The document.
pub(crate) fn document() -> Value {
    serde_json::to_value(sellme_hub::openapi()).unwrap()
}

/// All operations of the document.
pub(crate) fn operations() -> Vec<Operation> {
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let methods = |(path, said): (&String, &Value)| -> Vec<Operation> {
        let operation = |(method, said): (&String, &Value)| Operation {
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
