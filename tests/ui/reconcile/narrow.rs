//! The room in a narrow window and with large letters: nothing is cut off, the main button is there.

use egui::accesskit::Role as Seen;

use super::*;
use crate::console::{assert_controls_in_sight, large_letters, narrow_window};

type Prepare = fn(&mut Console);

const PAGES: [(&str, Prepare, Option<&str>); 6] = [
    ("choosing", |_| (), Some("Сверить")),
    ("pairs", |console| paste(console, PASTED), Some("Записать сверку")),
    (
        "done",
        |console| {
            paste(console, PASTED);
            click(console, "Записать сверку");
        },
        None,
    ),
    ("summary", |console| go(console, Destination::ClassSummary), None),
    ("requests", |console| go(console, Destination::JoinRequests), None),
    ("tasks", |console| go(console, Destination::CabinetTasks), None),
];

fn go(console: &mut Console, destination: Destination) {
    console.harness.state_mut().act(Action::Go(destination));
    console.harness.run();
}

#[test]
fn nothing_is_cut_off_with_little_room() {
    for (name, prepare, primary) in PAGES {
        for (room, setup) in [("1100", narrow_window()), ("150 %", large_letters())] {
            let mut console = open(setup, "7Б");
            prepare(&mut console);
            assert_controls_in_sight(&console, &format!("{name}, {room}"));
            if let Some(primary) = primary {
                console.harness.get_by_role_and_label(Seen::Button, primary);
            }
        }
    }
}
