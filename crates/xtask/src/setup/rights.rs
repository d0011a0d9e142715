//! Whether packages may be installed from here.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::command::{is_installed, output, program};

/// What sudo starts: it drops variables, so they are set behind it.
const PLAIN: [&str; 3] = ["env", "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive"];

/// How a package manager can be started without a question to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rights {
    /// As it is.
    Root,
    /// By sudo, which asks for no password.
    Sudo,
    /// Not at all.
    None,
}

impl Rights {
    /// What there is here.
    pub(super) fn here() -> Result<Self> {
        if output(&mut program("id", &["-u"]))?.trim() == "0" {
            return Ok(Self::Root);
        }
        // The very program, since sudo may ask for a password for one and not for another.
        let silent = is_installed("sudo")
            && Self::Sudo.command("apt-get").arg("--version").stdin(Stdio::null()).output().is_ok_and(|output| output.status.success());
        Ok(if silent { Self::Sudo } else { Self::None })
    }

    /// A line that whoever sits here types to run these commands with rights: a fresh Debian whose root has a password has no sudo.
    pub(super) fn line(self, commands: &[String]) -> String {
        match self {
            Self::Root => commands.join(" && "),
            Self::Sudo => commands.iter().map(|command| format!("sudo {command}")).collect::<Vec<_>>().join(" && "),
            Self::None if is_installed("sudo") => Self::Sudo.line(commands),
            Self::None => format!("su -c '{}'", commands.join(" && ")),
        }
    }

    /// The program in plain English and without questions.
    pub(super) fn command(self, name: &str) -> Command {
        if self == Self::Sudo {
            let mut command = program("sudo", &["-n"]);
            command.args(PLAIN).arg(name);
            return command;
        }
        let mut command = program(name, &[]);
        command.envs(PLAIN[1..].iter().filter_map(|setting| setting.split_once('=')));
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_to_run_can_be_run() {
        let commands = ["apt-get update".to_owned(), "apt-get install -y mold".to_owned()];
        assert_eq!(Rights::Root.line(&commands), "apt-get update && apt-get install -y mold");
        assert_eq!(Rights::Sudo.line(&commands), "sudo apt-get update && sudo apt-get install -y mold");
        let none = if is_installed("sudo") {
            Rights::Sudo.line(&commands)
        } else {
            "su -c 'apt-get update && apt-get install -y mold'".to_owned()
        };
        assert_eq!(Rights::None.line(&commands), none);
    }
}
