//! The parent's side: looks at the container, starts the child, feeds it, waits, and ends it when it must.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::archive::scan_archive;
use super::child::READ_WORKBOOK_COMMAND;
use super::limits::{MAX_CHILD_SECONDS, MAX_REPLY_BYTES};
use super::problem::WorkbookProblem;
use super::reply::decode;
use super::{Workbook, WorkbookFormat};

/// How often the parent looks whether the child ended or the job was cancelled.
const POLL: Duration = Duration::from_millis(20);

/// Reads workbooks in a child process of this program.
#[derive(Debug, Clone)]
pub struct WorkbookReader {
    program: Option<PathBuf>,
    time_limit: Duration,
}

impl WorkbookReader {
    /// A reader that starts this program (the executable of the console; tests hand in its path).
    pub fn new(program: PathBuf) -> Self {
        Self { program: Some(program), time_limit: Duration::from_secs(MAX_CHILD_SECONDS) }
    }

    /// A reader that starts the running executable. Where the system does not tell which one that is, every workbook
    /// is refused in words.
    pub fn of_this_program() -> Self {
        let time_limit = Duration::from_secs(MAX_CHILD_SECONDS);
        Self { program: std::env::current_exe().ok(), time_limit }
    }

    /// The same reader with another time limit.
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    /// Reads a workbook; `None` when `cancelled` said so.
    ///
    /// # Errors
    /// [`WorkbookProblem`]: of the file, or of the reading itself.
    pub fn read(
        &self,
        format: WorkbookFormat,
        bytes: &[u8],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Workbook>, WorkbookProblem> {
        if format != WorkbookFormat::Xls {
            scan_archive(bytes)?;
        }
        if cancelled() {
            return Ok(None);
        }
        let program = self.program.as_ref().ok_or(WorkbookProblem::ReaderNotStarted)?;
        let mut command = Command::new(program);
        command.arg(READ_WORKBOOK_COMMAND);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // The allocator would set a gigabyte of addresses aside, which the child's own limit refuses it.
        command.env("MIMALLOC_ARENA_RESERVE", "16384");
        without_window(&mut command);
        let child = command.spawn().map_err(|_| WorkbookProblem::ReaderNotStarted)?;
        match self.converse(child, format, bytes, cancelled) {
            End::Cancelled => Ok(None),
            End::TimedOut => Err(WorkbookProblem::ReaderTimedOut),
            // What it said before it died is worth nothing.
            End::Ended { well: false, .. } => Err(WorkbookProblem::ReaderDied),
            End::Ended { reply, .. } if reply.len() as u64 > MAX_REPLY_BYTES => {
                Err(WorkbookProblem::ReaderAnswerInvalid)
            }
            End::Ended { reply, .. } => decode(&reply).map(Some),
        }
    }

    /// Feeds and hears the child on two threads, so that neither pipe can fill up and stop it, and watches it.
    fn converse(
        &self,
        mut child: Child,
        format: WorkbookFormat,
        bytes: &[u8],
        cancelled: &dyn Fn() -> bool,
    ) -> End {
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        std::thread::scope(|scope| {
            let feeding = scope.spawn(move || {
                let Some(mut stdin) = stdin else { return };
                // A child that ends early closes its pipe; its end says why.
                let _ = stdin.write_all(&[format.byte()]).and_then(|()| stdin.write_all(bytes));
            });
            let hearing = scope.spawn(move || {
                let mut reply = Vec::new();
                if let Some(stdout) = stdout {
                    let _ = stdout.take(MAX_REPLY_BYTES + 1).read_to_end(&mut reply);
                }
                reply
            });
            let watched = watch(&mut child, self.time_limit, cancelled);
            if watched.is_err() {
                // It may have ended by itself just now.
                let _ = child.kill();
            }
            let well = child.wait().is_ok_and(|status| status.success());
            drop(feeding.join());
            let reply = hearing.join().unwrap_or_default();
            match watched {
                Ok(()) => End::Ended { well: well || reply.len() as u64 > MAX_REPLY_BYTES, reply },
                Err(end) => end,
            }
        })
    }
}

/// How the child ended.
enum End {
    Ended { well: bool, reply: Vec<u8> },
    TimedOut,
    Cancelled,
}

/// Waits until the child has ended. `Err`: it must be ended.
fn watch(child: &mut Child, time_limit: Duration, cancelled: &dyn Fn() -> bool) -> Result<(), End> {
    let until = Instant::now() + time_limit;
    // Small files are read at once: the first looks come soon.
    let mut pause = Duration::from_millis(1);
    loop {
        if !matches!(child.try_wait(), Ok(None)) {
            return Ok(());
        }
        if cancelled() {
            return Err(End::Cancelled);
        }
        if Instant::now() >= until {
            return Err(End::TimedOut);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(POLL);
    }
}

#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    /// `CREATE_NO_WINDOW`: no console flashes up.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_command: &mut Command) {}
