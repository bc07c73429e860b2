//! The whole program in a harness: a fixed clock, an inline worker, prepared answers of the file chooser.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use sferum_console::desktop::{
    Chooser, ClipboardUnreachable, Preferences, PreparedIdleTime, SecretClipboard, ThemePreference,
};
use sferum_console::gui::{ConsoleApp, Moment, Moments, theme};
use sferum_console::roster::WorkbookReader;
use sferum_console::sample::SampleKind;
use sferum_console::session::{Clock, Session, Worker, create_sample};

use crate::cpu_renderer::CpuRenderer;

/// The normal window.
pub const SIZE: [f32; 2] = [1366.0, 768.0];

/// Monday, 12 October 2026, 14:02 in Moscow.
pub fn clock() -> Clock {
    Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"))
}

/// A window under test and the folder its file lies in.
pub struct Console {
    pub harness: Harness<'static, ConsoleApp>,
    pub folder: tempfile::TempDir,
    pub file: PathBuf,
}

/// How a window under test differs from the normal one.
pub struct Setup {
    pub theme: ThemePreference,
    pub size: [f32; 2],
    pub scale_percent: u16,
    /// What the file chooser answers, in order.
    pub chosen: Vec<Option<PathBuf>>,
}

impl Default for Setup {
    fn default() -> Self {
        Self { theme: ThemePreference::Light, size: SIZE, scale_percent: 100, chosen: Vec::new() }
    }
}

/// The start page.
pub fn start_page(setup: Setup) -> Harness<'static, ConsoleApp> {
    start_page_at(clock(), setup)
}

/// The start page at another moment.
pub fn start_page_at(clock: Clock, setup: Setup) -> Harness<'static, ConsoleApp> {
    let preferences =
        Preferences { theme: setup.theme, scale_percent: setup.scale_percent, ..Preferences::default() };
    let chooser = Chooser::Prepared(VecDeque::from(setup.chosen));
    let mut app = ConsoleApp::new(Worker::inline(clock.clone()), clock, preferences, chooser)
        .with_workbook_reader(WorkbookReader::new(env!("CARGO_BIN_EXE_sferum-console").into()));
    // No test touches the clipboard or asks the idleness of the computer it runs on.
    app.set_guard(Box::<PreparedIdleTime>::default(), Box::new(NoClipboard), moments(moment()));
    let theme = if setup.theme == ThemePreference::Dark { egui::Theme::Dark } else { egui::Theme::Light };
    Harness::builder()
        .with_size(setup.size)
        .with_theme(theme)
        .with_render_cursor(false)
        .with_max_steps(12)
        .renderer(CpuRenderer::default())
        .with_context_setup(theme::install)
        .build_ui_state(draw_without_margin, app)
}

/// A system that has no clipboard for secrets: links go to the ordinary one, where tests look for them.
struct NoClipboard;

impl SecretClipboard for NoClipboard {
    fn put(&mut self, _secret: &str) -> Result<(), ClipboardUnreachable> {
        Err(ClipboardUnreachable)
    }

    fn take_back(&mut self, _secret: String) {}
}

/// The moment of [`clock`], by both clocks.
pub fn moment() -> Arc<Mutex<Moment>> {
    Arc::new(Mutex::new(Moment { wall: clock().timestamp(), steady: Duration::ZERO }))
}

/// Clocks that show this moment.
pub fn moments(moment: Arc<Mutex<Moment>>) -> Moments {
    Moments::Prepared(moment)
}

/// The root of the harness keeps 8 points on every side for itself; the window of the program does not.
fn draw_without_margin(ui: &mut egui::Ui, app: &mut ConsoleApp) {
    let whole = ui.ctx().content_rect();
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(whole));
    child.set_clip_rect(whole);
    app.draw(&mut child);
}

/// The sample school of the fixed day, opened from a copy of its own.
pub fn sample_school(setup: Setup) -> Console {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 14.sferum");
    std::fs::copy(made_once(), &file).expect("the sample can be copied");
    let mut harness = start_page(setup);
    harness.state_mut().open(file.clone(), None, None);
    harness.run();
    assert!(harness.state().view().snapshot.is_some(), "the sample opens");
    Console { harness, folder, file }
}

impl Console {
    /// Closes the window and opens its file, to see what was really written.
    pub fn reopened(self) -> (Session, tempfile::TempDir) {
        drop(self.harness);
        let session = Session::open(&self.file, None, clock(), None).expect("the file opens again");
        (session, self.folder)
    }
}

fn made_once() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("sample.sferum");
        drop(create_sample(&path, SampleKind::School, &clock()).expect("the sample can be made"));
        (folder, path)
    });
    path
}

/// A window of 1100 points: inspectors are pages.
pub fn narrow_window() -> Setup {
    Setup { size: [1100.0, 700.0], ..Setup::default() }
}

/// The normal window with letters half as large again.
pub fn large_letters() -> Setup {
    Setup { scale_percent: 150, ..Setup::default() }
}

/// Fails when a button, field, tick or choice sticks out of the window at the left or right, or is squeezed to
/// nothing. Below the edge things may stand: pages scroll.
#[track_caller]
pub fn assert_controls_in_sight(console: &Console, page: &str) {
    use egui::accesskit::Role;
    use egui_kittest::kittest::{NodeT, Queryable};
    let controls = [
        Role::Button,
        Role::TextInput,
        Role::MultilineTextInput,
        Role::CheckBox,
        Role::RadioButton,
        Role::ComboBox,
    ];
    let width = console.harness.ctx.content_rect().width();
    let mut count = 0;
    for role in controls {
        for node in console.harness.query_all_by_role(role) {
            let (rect, name) = (node.rect(), node.accesskit_node().label().unwrap_or_default());
            assert!(rect.width() >= 12.0, "{page}: «{name}» is squeezed to {rect}");
            assert!(
                rect.left() >= -0.5 && rect.right() <= width + 0.5,
                "{page}: «{name}» is cut off: {rect}"
            );
            count += 1;
        }
    }
    assert!(count > 3, "{page}: there is nothing to press");
}

/// Presses what has this name.
pub fn press(console: &mut Console, label: &str) {
    console.harness.get_by_label(label).click();
    console.harness.run();
}

/// Presses what has this role and name.
pub fn press_role(console: &mut Console, role: Role, label: &str) {
    console.harness.get_by_role_and_label(role, label).click();
    console.harness.run();
}

/// Types into the text field of this name.
pub fn type_into(console: &mut Console, label: &str, text: &str) {
    console
        .harness
        .get_all_by_label(label)
        .find(|node| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput))
        .expect("a text field of this name")
        .focus();
    console.harness.run();
    console.harness.event(egui::Event::Text(text.to_owned()));
    console.harness.run();
}

/// Chooses from a list that drops down.
pub fn choose(console: &mut Console, choice: &str, option: &str) {
    press_role(console, Role::ComboBox, choice);
    // A long list is scrolled; the option may lie outside what is in sight.
    console.harness.get_by_role_and_label(Role::ListBoxOption, option).click_accesskit();
    console.harness.run();
}
