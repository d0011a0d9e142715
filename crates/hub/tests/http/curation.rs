//! Editions, reviews, figures of a team and boards over HTTP, as a panel for managers and admins uses them.

use sellme_app::company::NewPerson;
use sellme_core::{company::Role, embedded};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Person, Stage, is_refusal, talk, told};

const ZERO: [(&str, u8); 4] = [("productKnowledge", 0), ("objectionHandling", 0), ("closingTechnique", 0), ("rapport", 0)];

fn zero() -> Value {
    ZERO.into_iter().map(|(name, figure)| (name.to_owned(), figure.into())).collect::<serde_json::Map<_, _>>().into()
}

fn edition(revision: u32, change: impl Fn(&mut Value)) -> Value {
    let mut catalog = serde_json::to_value(embedded::catalog().unwrap()).unwrap();
    catalog["revision"] = revision.into();
    change(&mut catalog);
    json!({ "catalog": catalog })
}

fn newest() -> u32 {
    embedded::catalog().unwrap().revision
}

#[tokio::test]
async fn an_edition_is_checked_tried_published_and_taken_back() {
    let stage = Stage::new(&[]);
    let (admin, rep) = (stage.admin_as(&stage.admin), stage.as_person(&stage.a));
    stage.completed(&stage.a, &told(&zero(), &talk())).await;
    let only = |catalog: &mut Value| catalog["products"].as_array_mut().unwrap().retain(|product| product["id"] == "concho-copper");
    let next = edition(newest() + 1, only);
    let checked = admin.post("/api/admin/catalog/check", &next).await.json();
    assert_eq!(checked, json!({ "valid": true, "nextRevision": newest() + 1, "faults": [] }));
    let run = admin.post("/api/admin/catalog/dry-run", &next).await.json();
    assert_eq!((&run["gone"], &run["changed"], &run["sessions"][0]["after"]), (&json!(1), &json!(0), &Value::Null), "{run}");
    let same = admin.post("/api/admin/catalog/dry-run", &edition(newest() + 1, |_| ())).await.json();
    assert_eq!((&same["gone"], &same["changed"], &same["meanDifference"]), (&json!(0), &json!(0), &json!(0.0)), "{same}");
    assert_eq!(same["sessions"][0]["before"], same["sessions"][0]["after"]);
    let published = admin.post("/api/admin/catalog/editions", &next).await.json();
    assert_eq!((&published["revision"], &published["inForce"]), (&json!(newest() + 1), &json!(true)));
    assert_eq!(published["publishedBy"], json!({ "id": stage.admin.id, "name": "Ada Reyes" }));
    assert_eq!(rep.get("/api/products").await.json().as_array().unwrap().len(), 1);
    let listed = admin.get("/api/admin/catalog/editions?size=1").await.json();
    assert_eq!((&listed["items"], &listed["total"]), (&json!([published]), &json!(2)));
    let back = admin.post(&format!("/api/admin/catalog/editions/{}/in-force", newest()), &json!(null)).await.json();
    assert_eq!((&back["inForce"], &back["publishedBy"]), (&json!(true), &Value::Null));
    assert!(rep.get("/api/products").await.json().as_array().unwrap().len() > 1);
    let whole = admin.get(&format!("/api/admin/catalog/editions/{}", newest() + 1)).await.json();
    assert_eq!((&whole["catalog"], &whole["inForce"]), (&next["catalog"], &json!(false)));
    assert_eq!(is_refusal(&admin.post("/api/admin/catalog/editions", &next).await, 409), "wrong_state");
}

#[tokio::test]
async fn a_catalogue_with_faults_is_refused_and_each_fault_has_its_place() {
    let stage = Stage::shared();
    let admin = stage.admin_as(&stage.admin);
    let bad = edition(newest() + 1, |catalog| catalog["products"][0]["tiers"][0]["priceCents"] = 0.into());
    let checked = admin.post("/api/admin/catalog/check", &bad).await.json();
    let path = checked["faults"][0]["path"].as_str().unwrap();
    assert!(path.starts_with("products[") && path.ends_with("].priceCents"), "{checked}");
    for place in ["catalog/editions", "catalog/dry-run"] {
        let refused = admin.post(&format!("/api/admin/{place}"), &bad).await;
        assert_eq!(is_refusal(&refused, 400), "invalid_input");
        assert_eq!(refused.json()["details"], json!([{ "field": format!("catalog.{path}"), "problem": "must be more than 0" }]));
    }
    let none = edition(newest() + 1, |_| ());
    for sessions in [json!(0), json!(201), json!("x")] {
        let asked = json!({ "catalog": none["catalog"], "sessions": sessions });
        let refused = admin.post("/api/admin/catalog/dry-run", &asked).await;
        assert_eq!((is_refusal(&refused, 400), &refused.json()["details"][0]["field"]), ("invalid_input".to_owned(), &json!("sessions")));
    }
    for person in [&stage.manager, &stage.a] {
        for place in ["editions", "check", "dry-run"] {
            let refused = stage.admin_as(person).post(&format!("/api/admin/catalog/{place}"), &none).await;
            assert_eq!(is_refusal(&refused, 403), "forbidden");
        }
    }
}

#[tokio::test]
async fn a_rep_reads_what_a_manager_said_and_keeps_the_computed_score() {
    let stage = Stage::shared();
    let (manager, rep) = (stage.admin_as(&stage.manager), stage.as_person(&stage.a));
    let session = stage.completed(&stage.a, &told(&zero(), &talk())).await;
    let id = session["id"].as_str().unwrap();
    assert_eq!(session["reviews"], json!([]));
    let path = format!("/api/admin/sessions/{id}/review");
    let put =
        async |client: &Client, body: Value| client.ask("PUT", &path, Some(("application/json", body.to_string().into_bytes()))).await;
    let comment = "=Good <b>opening</b>.";
    let said = put(&manager, json!({ "comment": comment, "score": 12 })).await.json();
    assert_eq!((&said["comment"], &said["score"], &said["version"]), (&json!(comment), &json!(12), &json!(1)));
    let read = rep.get(&format!("/api/sessions/{id}")).await.json();
    assert_eq!(read["reviews"], json!([said]));
    assert_eq!((&read["verification"], &read["overallScore"]), (&session["verification"], &session["overallScore"]));
    let whole = manager.get(&format!("/api/admin/sessions/{id}")).await.json();
    assert_eq!((&whole["reviews"], &whole["transcript"]), (&read["reviews"], &Value::from(talk())));
    assert_eq!(whole["report"]["overallScore"], session["verification"]["overallScore"]);
    for (body, field) in
        [(json!({ "comment": "" }), "comment"), (json!({ "comment": "a", "score": 101 }), "score"), (json!({ "score": 1 }), "comment")]
    {
        let refused = put(&manager, body.clone()).await;
        assert_eq!(
            (is_refusal(&refused, 400), &refused.json()["details"][0]["field"]),
            ("invalid_input".to_owned(), &json!(field)),
            "{body}"
        );
    }
    assert_eq!(is_refusal(&put(&stage.admin_as(&stage.a), json!({ "comment": "Mine." })).await, 403), "forbidden");
    assert_eq!(is_refusal(&put(&stage.admin_as(&stage.foreign_admin), json!({ "comment": "Hm." })).await, 404), "not_found");
}

/// Somebody whose name a spreadsheet would carry out.
async fn schemer(stage: &Stage) -> Person {
    let company = stage.company().await;
    let ours = company.organisations().await.unwrap().into_iter().find(|ours| ours.name == "Pecos River Traders").unwrap();
    let person = NewPerson {
        email: "schemer@example.com".to_owned(),
        name: "=HYPERLINK(\"http://x\",\"a\")".to_owned(),
        role: Role::Trainee,
        shop: None,
        password: Some(PASSWORD.to_owned()),
    };
    let id = company.add_person(ours.id, None, &person).await.unwrap().to_string();
    company.close();
    stage.sign_in(&Person { id, email: person.email, token: String::new() }).await
}

#[tokio::test]
async fn tables_have_all_that_was_found_and_carry_nothing_out() {
    let stage = Stage::new(&[]);
    let schemer = schemer(&stage).await;
    let manager = stage.admin_as(&stage.manager);
    for _ in 0..3 {
        stage.completed(&schemer, &told(&zero(), &talk())).await;
        stage.completed(&stage.a, &told(&zero(), &talk())).await;
    }
    let page = manager.get("/api/admin/sessions?size=2&sort=score&order=asc").await.json();
    assert_eq!((page["items"].as_array().unwrap().len(), &page["total"]), (2, &json!(6)));
    let mark = "\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\"";
    let all = manager.get("/api/admin/sessions/export?format=csv").await;
    assert_eq!((all.status, all.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(all.header("content-disposition"), "attachment; filename=\"sessions.csv\"");
    let lines: Vec<&str> = all.text.lines().collect();
    assert_eq!(lines.len(), 7, "{}", all.text);
    assert!(
        lines[0].starts_with("id,userId,userName,") && lines[1..].iter().filter(|line| line.contains(mark)).count() == 3,
        "{}",
        all.text
    );
    let json = manager.get(&format!("/api/admin/sessions/export?userId={}", schemer.id)).await.json();
    assert_eq!(json.as_array().unwrap().len(), 3);
    assert_eq!(json[0]["userName"], "=HYPERLINK(\"http://x\",\"a\")", "what is no table is as it was");
    let none = manager.get("/api/admin/sessions/export?productId=none").await.json();
    assert_eq!(none, json!([]));
    let board = manager.get("/api/admin/leaderboard/export?period=week").await.text;
    assert!(board.starts_with("rank,userId,name,averageScore,bestScore,sessions,improvement\r\n") && board.contains(mark), "{board}");
    let team = manager.get("/api/admin/team/export").await.text;
    assert!(team.contains("mean,the-gunner,overallScore,6,") && team.contains("withoutPractice,,Lee Park,,\r\n"), "{team}");
    for path in ["sessions/export?format=csv", "team", "leaderboard", "sessions"] {
        assert_eq!(is_refusal(&stage.admin_as(&stage.a).get(&format!("/api/admin/{path}")).await, 403), "forbidden");
    }
    let foreign = stage.admin_as(&stage.foreign_admin).get("/api/admin/sessions/export?format=csv").await.text;
    assert_eq!(foreign.lines().count(), 1, "{foreign}");
}

#[tokio::test]
async fn the_figures_of_a_team_come_by_product_and_skill() {
    let stage = Stage::new(&[]);
    let session = stage.completed(&stage.a, &told(&zero(), &talk())).await;
    let team = stage.admin_as(&stage.manager).get("/api/admin/team?period=week").await.json();
    let product = &team["products"][0];
    assert_eq!((&product["productId"], &product["sessions"]), (&json!("the-gunner"), &json!(1)), "{team}");
    for skill in ZERO.map(|(skill, _)| skill) {
        let score = &session["verification"]["metrics"][skill];
        assert_eq!(product["skills"][skill]["mean"].as_f64(), score.as_f64(), "{team}");
    }
    assert_eq!(team["outcomes"], json!({ "sale": 0, "noSale": 0, "undecided": 1 }), "{session}");
    assert_eq!(team["withoutPractice"][0], json!({ "userId": stage.b.id, "name": "Lee Park", "lastSession": null }));
    assert_eq!(team["withoutPracticeTotal"], 1);
}

#[tokio::test]
async fn a_person_leaves_the_board_and_an_admin_says_how_many_sessions_it_takes() {
    let stage = Stage::new(&[]);
    let (rep, admin) = (stage.as_person(&stage.a), stage.admin_as(&stage.admin));
    stage.completed(&stage.a, &told(&zero(), &talk())).await;
    let patch = async |client: &Client, path: &str, body: Value| {
        client.ask("PATCH", path, Some(("application/json", body.to_string().into_bytes()))).await
    };
    let board = async || rep.get("/api/leaderboard?period=week").await.json().as_array().unwrap().len();
    assert_eq!(admin.get("/api/admin/settings").await.json(), json!({ "leaderboardMinimum": 3 }));
    assert_eq!(board().await, 0);
    assert_eq!(patch(&admin, "/api/admin/settings", json!({ "leaderboardMinimum": 1 })).await.json(), json!({ "leaderboardMinimum": 1 }));
    assert_eq!(board().await, 1);
    assert_eq!(patch(&rep, "/api/me", json!({ "onLeaderboard": false })).await.json()["onLeaderboard"], false);
    assert_eq!(rep.get("/api/me").await.json()["onLeaderboard"], false);
    assert_eq!(board().await, 0);
    assert_eq!(rep.get("/api/leaderboard?by=improvement&period=all_time").await.json(), json!([]), "there is nothing before all time");
    assert_eq!(rep.get("/api/leaderboard?by=improvement&period=month").await.json(), json!([]));
    let manager = stage.admin_as(&stage.manager);
    assert_eq!(is_refusal(&patch(&manager, "/api/admin/settings", json!({ "leaderboardMinimum": 5 })).await, 403), "forbidden");
    assert_eq!(is_refusal(&patch(&admin, "/api/admin/settings", json!({ "leaderboardMinimum": 0 })).await, 400), "invalid_input");
}
