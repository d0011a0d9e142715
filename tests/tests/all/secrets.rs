//! A key is nowhere but where it is sent and where it is kept: not in the data folder, not in a log, not in what is printed. What looks for it is tested first.

use std::{fs, io::Write};

use flate2::{Compression, write::DeflateEncoder};
use rusqlite::Connection;
use sellme_tests::{
    place::{Place, Ran, end},
    script,
    secrets::Secret,
};

/// No key of anybody.
const KEY: &str = "sk-proj-Taos4Pecos7Rio9Grande1234";

fn place_with(name: &str, bytes: impl AsRef<[u8]>) -> Place {
    let place = Place::new();
    fs::write(place.data().join(name), bytes).unwrap();
    place
}

#[test]
fn a_secret_is_found_in_every_form() {
    let secret = Secret::new(KEY);
    let utf16: Vec<u8> = format!("é{KEY}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (form, bytes) in [
        ("as it is", format!("key={KEY}\n").into_bytes()),
        ("as it is", KEY.as_bytes()[..14].to_vec()),
        ("as it is", KEY.as_bytes()[KEY.len() - 12..].to_vec()),
        ("turned round", KEY.chars().rev().collect::<String>().into_bytes()),
        ("in UTF-16", utf16),
        ("in hexadecimal", b"736b2d70726f6a2d54616f733450".to_vec()),
        ("in hexadecimal", b"00736B2D70726F6A2D54616F733450".to_vec()),
        // "sk-proj-Taos4Pecos7Rio9Grande1234", with nothing, with "a" and with "Bearer " before it.
        ("in base64", b"c2stcHJvai1UYW9zNFBlY29zN1Jpbzl".to_vec()),
        ("in base64", b"YXNrLXByb2otVGFvczRQZWNvczdSaW85R3JhbmRlMTIzNA==".to_vec()),
        ("in base64", b"QmVhcmVyIHNrLXByb2otVGFvczRQZWNvczdSaW85R3JhbmRlMTIzNA".to_vec()),
    ] {
        let place = place_with("sellme.log", &bytes);
        let traces = secret.traces_under(place.path());
        assert_eq!(traces, [format!("data/sellme.log: {form}")], "{}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(secret.traces_in(&[("stderr", KEY), ("stdout", "fine")]), ["stderr: as it is"]);
}

#[test]
fn a_secret_is_found_in_a_name_in_a_packed_file_and_in_a_data_file() {
    let secret = Secret::new(KEY);
    let place = place_with(&format!("{KEY}.txt"), "");
    assert_eq!(secret.traces_under(place.path()), [format!("the name of data/{KEY}.txt: as it is")]);

    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    packed.write_all(format!("{KEY} {KEY}").as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let place = place_with("report", &packed);
    assert!(secret.traces_under(place.path()).contains(&"data/report, unpacked: as it is".to_owned()));

    // Long enough to lie in many pages, with the secret across the end of one.
    for at in [0, 1, 4_050, 4_060, 8_150, 20_000] {
        let place = Place::new();
        let text = format!("{}{KEY}{}", "x".repeat(at), "y".repeat(9_000));
        let db = Connection::open(place.file()).unwrap();
        db.execute_batch("CREATE TABLE note (body TEXT, packed BLOB);").unwrap();
        db.execute("INSERT INTO note VALUES (?1, NULL)", [&text]).unwrap();
        db.close().unwrap();
        assert!(secret.traces_under(place.path()).contains(&"data/sellme.db, note: as it is".to_owned()), "{at}");
    }
    let place = Place::new();
    let db = Connection::open(place.file()).unwrap();
    db.execute_batch("CREATE TABLE note (body BLOB);").unwrap();
    db.execute("INSERT INTO note VALUES (?1)", [&packed]).unwrap();
    db.close().unwrap();
    assert!(secret.traces_under(place.path()).contains(&"data/sellme.db, note, unpacked: as it is".to_owned()));
}

#[test]
fn what_only_looks_like_a_secret_is_none() {
    let secret = Secret::new(KEY);
    for text in ["sk-proj-", "…1234", "sk-proj-Tao", "Pecos River Traders", "sk-proj-…1234"] {
        assert!(secret.traces_under(place_with("log", text).path()).is_empty(), "{text}");
    }
}

/// That this run printed nothing of the key and left nothing of it anywhere.
fn clean(place: &Place, ran: &Ran) {
    let secret = Secret::new(KEY);
    let mut traces = secret.traces_under(place.path());
    traces.extend(secret.traces_in(&[("stdout", &ran.out), ("stderr", &ran.err)]));
    assert!(traces.is_empty(), "{traces:#?}");
}

#[test]
fn a_key_in_the_environment_is_in_nothing_that_a_command_prints_or_leaves() {
    let place = Place::new();
    let lines = place.write("lines.txt", script::text());
    let practice = ["practice", "--scenario", script::SCENARIO, "--seed", "7", "--script", lines.to_str().unwrap(), "--json"];
    for (command, code) in [
        (&practice[..], 0),
        (&["sessions", "list", "--json"], 0),
        (&["sessions", "export", "--json"], 0),
        (&["progress", "--json"], 0),
        (&["schema"], 0),
        // The window, which has no display here.
        (&[], 69),
        (&["practice", "--scenario", "nobodys"], 66),
        (&["practice", "--unknown"], 2),
    ] {
        let ran = end(place.sellme(command).env("OPENAI_API_KEY", KEY));
        assert_eq!(ran.code, Some(code), "{command:?}: {ran:?}");
        clean(&place, &ran);
    }
}

#[test]
fn an_address_with_a_key_in_it_is_not_repeated() {
    let place = Place::new();
    for address in [format!("https://{KEY}@voice.example.com/v1"), format!("https://voice.example.com/v1?key={KEY}")] {
        for command in [&["catalog", "list"][..], &["schema"]] {
            let ran = end(place.sellme(command).env("SELLME_REALTIME_URL", &address));
            assert_eq!(ran.code, Some(0), "{ran:?}");
            clean(&place, &ran);
        }
    }
    // `--help` shows what a variable holds, unless it is told not to.
    let ran = end(place.sellme(&["--help"]).env("SELLME_REALTIME_URL", format!("https://{KEY}@voice.example.com/v1")));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    clean(&place, &ran);
}
