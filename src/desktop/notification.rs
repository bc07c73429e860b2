//! A notification of the desktop. Where there is none, the caller still prints.

use std::sync::mpsc::channel;
use std::time::Duration;

/// A bus that does not answer must not keep a scheduled task alive.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Shows a notification; `false` where the desktop has nobody who shows it.
pub fn notify(title: &str, text: &str) -> bool {
    let (title, text) = (title.to_owned(), text.to_owned());
    let (answer, answers) = channel();
    std::thread::spawn(move || {
        let shown = notify_rust::Notification::new()
            .appname("Консоль администратора Сферума")
            .summary(&title)
            .body(&text)
            .show()
            .is_ok();
        // Whoever asked may have stopped waiting.
        let _ = answer.send(shown);
    });
    answers.recv_timeout(LONGEST_WAIT).unwrap_or(false)
}
