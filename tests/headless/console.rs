//! A folder of its own with the user's folders redirected into it, and the program run there.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use encoding_rs::WINDOWS_1251;
use serde_json::Value;
use sferum_console::files::write_bytes_atomically;
use tempfile::TempDir;

/// The day by which the tests judge.
pub const TODAY: &str = "--today=2026-10-12";

/// A name that must never leave stdout.
pub const CANARY: &str = "Канарейкина";

/// A pupils' roster as a Russian Excel saves it, all names invented.
pub const ROSTER: &str = "Фамилия;Имя;Отчество;Класс;Телефон;СНИЛС;\r\n\
    Канарейкина;Юлия;Олеговна;7Б;8 (900) 100-00-01;000-000-000 01;\r\n\
    Осокин;Пётр;Ильич;7б;89001000002;;\r\n\
    Ряскин;Лев;Маркович;5 «А»;;;\r\n";

/// What a run left.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// The run, which must have ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        assert!(!self.stderr.contains(CANARY), "a name on stderr: {}", self.stderr);
        self
    }

    /// The JSON on stdout.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("stdout must be one JSON value")
    }
}

/// A folder with the program.
pub struct Console {
    folder: TempDir,
}

impl Console {
    pub fn new() -> Console {
        Console { folder: TempDir::new().expect("a temporary folder") }
    }

    /// With a file `school.sferum` in it.
    pub fn with_school() -> Console {
        let console = Console::new();
        console
            .run(&["new", "school.sferum", "--name", "Школа № 99", "--actor", "Проверка", TODAY])
            .expect(0);
        console
    }

    /// With the file, and the roster in it.
    pub fn with_people() -> Console {
        let console = Console::with_school();
        console.write("roster.csv", &windows_1251(ROSTER));
        console.run(&["import", "school.sferum", "roster.csv", "--role", "student", TODAY]).expect(0);
        console
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        write_bytes_atomically(&self.path(name), bytes).expect("a writable temporary folder");
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("a file of this test")
    }

    /// A command of the program in the folder, without a display.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sferum-console"));
        command.args(arguments).current_dir(self.folder.path());
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"]
        {
            command.env(name, self.user_folder());
        }
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
            command.env_remove(name);
        }
        command
    }

    fn user_folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with_input(arguments, "")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        if let Some(mut stdin) = child.stdin.take() {
            // A command that reads no input may be gone already.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = child.wait_with_output().expect("the program ends");
        Ran {
            code: output.status.code().expect("an exit code, not a signal"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

pub fn windows_1251(text: &str) -> Vec<u8> {
    WINDOWS_1251.encode(text).0.into_owned()
}

/// An invented invite link; whole it must never be printed unasked.
pub fn link(letter: char) -> String {
    format!("https://max.ru/join/{}", letter.to_string().repeat(43))
}
