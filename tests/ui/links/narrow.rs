//! The pages of links in a narrow window and with large letters: nothing is cut off, the main button is there.

use super::*;
use crate::console::{assert_controls_in_sight, large_letters, narrow_window};

#[test]
fn nothing_is_cut_off_with_little_room() {
    for (room, setup) in [("1100", narrow_window as fn() -> Setup), ("150", large_letters)] {
        let mut console = open_issue(setup());
        paste(&mut console, &format!("{}\n{}", address('a'), address('b')));
        assert_controls_in_sight(&console, &format!("issue, {room}"));
        console.harness.get_by_role_and_label(Seen::Button, "Сохранить 2 ссылки");
        compare_picture(&mut console.harness, &format!("links-issue-{room}"));

        let mut console = hand_out::with_fresh_links(setup());
        assert_controls_in_sight(&console, &format!("hand out, {room}"));
        console.harness.get_by_role_and_label(Seen::Button, "Изменить тексты сообщений");
        compare_picture(&mut console.harness, &format!("links-hand-out-{room}"));

        let console = open_page(setup(), "Ход разбора");
        assert_controls_in_sight(&console, &format!("course, {room}"));
        console.harness.get_by_role_and_label(Seen::ComboBox, "Как часто разбирать ссылки");

        let mut console = open_page(setup(), "Ссылка утекла");
        assert_controls_in_sight(&console, &format!("leaked, {room}"));
        let leaked = register(&console)
            .tables()
            .invites
            .values()
            .find(|invite| invite.state(TODAY) == InviteState::InForce && invite.exposure.is_none());
        let text = leaked.expect("a link in force").address.as_str().to_owned();
        paste(&mut console, &text);
        press(&mut console, "Это она");
        press(&mut console, "Записать, что утекла");
        assert_controls_in_sight(&console, &format!("leaked and replaced, {room}"));
        console.harness.get_by_role_and_label(Seen::Button, "Записать замену");
    }
}
