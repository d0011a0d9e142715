//! Bad luck, made on purpose: no rights, no room.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

/// `nobody`, who owns nothing.
const NOBODY: u32 = 65_534;

/// True where this process may do everything, so that a permission holds nobody back.
#[must_use]
pub fn is_root() -> bool {
    fs::metadata("/proc/self").expect("a process").uid() == 0
}

/// Takes the right to write from everything under this folder, and from the command the rights of root.
pub fn forbid_writing(command: &mut Command, folder: &Path) {
    each(folder, &|path| {
        let mode = if path.is_dir() { 0o555 } else { 0o444 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed permissions");
    });
    without_rights(command);
}

/// Takes from the command the rights of root, so that permissions hold it back.
pub fn without_rights(command: &mut Command) {
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// Gives everything under this folder to whom [`without_rights`] makes of root, for a program that refuses to be root and writes there.
pub fn give_away(folder: &Path) {
    if is_root() {
        each(folder, &|path| chown(path, Some(NOBODY), Some(NOBODY)).expect("a changed owner"));
    }
}

/// Gives the right to write back, so that the folder can be read again and removed.
pub fn allow_writing(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("changed permissions");
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            allow_writing(&entry.path());
        } else {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o644)).expect("changed permissions");
        }
    }
}

/// Lets everybody enter and read what is under this folder.
pub fn open_to_all(folder: &Path) {
    each(folder, &|path| {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed permissions");
    });
}

fn each(path: &Path, act: &dyn Fn(&Path)) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder").flatten() {
            each(&entry.path(), act);
        }
    }
    act(path);
}

/// The same command where no file may grow beyond this many bytes: a disk that is full, without a disk.
#[must_use]
pub fn with_room_for(command: &Command, bytes: u64) -> Command {
    // The limit's signal would end the program; a full disk has no signal.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; limit=$1; shift; exec prlimit --fsize=\"$limit\" -- \"$@\"", "sh", &bytes.to_string()]);
    limited.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    limited.stdin(std::process::Stdio::null());
    limited
}

/// True where the file has these bytes in it.
#[must_use]
pub fn has(file: &Path, bytes: &[u8]) -> bool {
    let read = fs::read(file).expect("a readable file");
    !bytes.is_empty() && read.windows(bytes.len()).any(|window| window == bytes)
}

/// Every file under a folder.
#[must_use]
pub fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}
