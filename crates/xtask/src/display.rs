//! A display and a session bus for programs that open windows, where there may be none.

use std::process::Command;

use crate::command::program;

/// The program inside a virtual display, with a session bus of its own. The display stays as it is when its last client goes: where it begins anew instead, whoever
/// comes in that moment is turned away.
pub(crate) fn inside(name: &str) -> Command {
    let mut command = program("xvfb-run", &["-a", "-s", "-screen 0 1280x800x24 -nolisten tcp -noreset", "dbus-run-session", "--", name]);
    command.env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1");
    command
}
