//! Promises of what ships: nobody drives it by an environment variable, no browser gets its pages, nobody opens devtools in it, a panic in a command leaves the
//! window working. Run by
//! `cargo xtask test shipping`, which builds what ships, and the same once more with the feature `automation`.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sellme_tests::{
    fault,
    place::Place,
    program,
    screen::{Key, PATIENCE, Screen, differs},
    script,
    window::{Window, logged, on_display},
};

/// Lets a driver in, in a build for tests.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";
/// How long a thing that must not happen is waited for; where it may happen, it takes a tenth of this.
const LONG_ENOUGH: Duration = Duration::from_secs(8);

/// A started program, ended with everything that it started.
struct Started(Child);

impl Started {
    fn new(place: &Place, binary: &Path) -> Self {
        Self::spawn(&mut on_display(place, binary))
    }

    fn spawn(command: &mut Command) -> Self {
        Self(command.process_group(0).spawn().unwrap())
    }

    /// The processes of its pages: one, and one more for an inspector.
    fn pages(&self) -> Vec<PathBuf> {
        let group = self.0.id().to_string();
        let ours = |process: &PathBuf| {
            let Ok(stat) = fs::read_to_string(process.join("stat")) else { return false };
            // The name stands in brackets; state, parent and group come after it.
            let Some((name, rest)) = stat.rsplit_once(')') else { return false };
            name.contains("WebKitWebProces") && rest.split_whitespace().nth(2) == Some(&group)
        };
        processes().into_iter().filter(ours).collect()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).stderr(Stdio::null()).status());
        drop(self.0.wait());
    }
}

fn processes() -> Vec<PathBuf> {
    let entries = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    entries
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit())))
        .collect()
}

/// The variables that a process was started with.
fn variables_of(process: &Path) -> String {
    String::from_utf8_lossy(&fs::read(process.join("environ")).unwrap()).into_owned()
}

fn within(time: Duration, mut happens: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + time;
    while Instant::now() < deadline {
        if happens() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// Tries to get hold of a window by the variable.
async fn can_be_driven(binary: &Path) -> bool {
    let place = Place::new();
    match tokio::time::timeout(PATIENCE, Window::try_open(&place, binary, &[])).await {
        Ok(Ok(window)) => window.ask("return 7").await == 7,
        // Refused, or not even answered.
        Ok(Err(_)) | Err(_) => false,
    }
}

#[tokio::test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
async fn nobody_drives_the_window_by_a_variable() {
    assert!(can_be_driven(&program::shipping_but_driven()).await, "the driver works, so its failing would mean something");
    assert!(!can_be_driven(&program::built("shipping")).await, "what ships lets itself be driven");
}

#[test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
fn the_variable_for_automation_is_dropped_and_the_window_opens() {
    let (place, binary, screen) = (Place::new(), program::built("shipping"), Screen::new());
    screen.wait_for(0);
    let program = Started::spawn(on_display(&place, &binary).env(AUTOMATION, "true"));
    screen.wait_until_drawn(screen.wait_for(1)[0].window);
    // What a program was started with stays readable; what counts is what it hands on.
    let pages = program.pages();
    let variables: Vec<String> = pages.iter().map(|page| variables_of(page)).collect();
    assert!(variables.iter().all(|variables| variables.contains("DISPLAY=") && !variables.contains(AUTOMATION)), "{variables:?}");
    assert_eq!(pages.len(), 1);
}

#[test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
fn what_ships_has_no_fault_to_ask_for() {
    assert!(fault::has(&program::shipping_but_driven(), b"SELLME_FAULT"));
    assert!(!fault::has(&program::built("shipping"), b"SELLME_FAULT"));
}

#[test]
#[ignore = "needs what ships: cargo xtask test shipping"]
fn what_ships_serves_its_pages_to_no_browser() {
    // The first words of the bridge that its pages would get.
    let bridge = b"Stands where the window's own bridge stands";
    assert!(fault::has(&program::built("debug"), bridge));
    assert!(!fault::has(&program::built("shipping"), bridge));
}

/// Which of the usual ways open an inspector in this build.
fn ways_to_devtools(binary: &Path) -> Vec<&'static str> {
    let screen = Screen::new();
    let ways: [(&str, &dyn Fn()); 4] = [
        ("F12", &|| screen.press(&[Key::F12])),
        ("Ctrl+Shift+I", &|| screen.press(&[Key::CONTROL, Key::SHIFT, Key::I])),
        ("Ctrl+Shift+C", &|| screen.press(&[Key::CONTROL, Key::SHIFT, Key::C])),
        // Where there is one, it is the last entry.
        ("the context menu", &|| {
            screen.right_click(640, 700);
            within(Duration::from_secs(2), || screen.windows().len() > 1);
            screen.press(&[Key::UP]);
            screen.press(&[Key::ENTER]);
        }),
    ];
    let mut open = Vec::new();
    for (name, way) in ways {
        let place = Place::new();
        screen.wait_for(0);
        let program = Started::new(&place, binary);
        let window = screen.wait_for(1)[0].window;
        screen.focus(window);
        let before = screen.wait_until_drawn(window);
        assert_eq!(program.pages().len(), 1);
        // What is pressed arrives: with a letter in the field that has the focus, the button beside it can be pressed.
        screen.press(&[Key::I]);
        assert!(within(PATIENCE, || differs(&screen.picture(window), &before)), "keys do not arrive");
        way();
        let patience = if open.is_empty() { LONG_ENOUGH } else { Duration::from_secs(1) };
        if within(patience, || program.pages().len() > 1) {
            open.push(name);
        }
    }
    open
}

#[test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
fn no_key_and_no_menu_opens_devtools() {
    assert!(
        !ways_to_devtools(&program::built("debug")).is_empty(),
        "a development build has them, so not finding them would mean something"
    );
    assert_eq!(ways_to_devtools(&program::built("shipping")), Vec::<&str>::new());
}

#[tokio::test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
async fn a_panic_in_a_command_leaves_the_window_working() {
    let place = Place::new();
    let window = Window::open_with(&place, &program::shipping_but_driven(), &[("SELLME_FAULT", "practice")]).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.sees("internal").await;
    let log = logged(&place.data());
    assert!(log.contains("command=\"practice\"") && log.contains("guard.rs"), "{log}");
    window.ask(&format!("location.hash = '#/briefing/{}'", script::SCENARIO)).await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    assert!(window.says(script::LINES[0]).await, "practising goes on");
}
