//! Names of the icons in `assets/fonts/Phosphor-*-subset.ttf`.
//!
//! The subset holds exactly these code points (`assets/fonts/icon-codepoints.txt`); a new icon has to be added
//! to both font files first.

/// One glyph of the icon font. It is always drawn as its own galley, never inside a run of text:
/// only so it stays centred on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    /// The character to lay out in the icon font.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        self.0
    }
}

/// Phosphor «house».
pub const HOUSE: Icon = Icon("\u{e2c2}");
/// Phosphor «sun».
pub const SUN: Icon = Icon("\u{e472}");
/// Phosphor «sun-horizon».
pub const SUN_HORIZON: Icon = Icon("\u{e5b6}");
/// Phosphor «calendar-check».
pub const CALENDAR_CHECK: Icon = Icon("\u{e712}");
/// Phosphor «tree-structure».
pub const TREE_STRUCTURE: Icon = Icon("\u{e67c}");
/// Phosphor «graduation-cap».
pub const GRADUATION_CAP: Icon = Icon("\u{e62c}");
/// Phosphor «users».
pub const USERS: Icon = Icon("\u{e4d6}");
/// Phosphor «users-three».
pub const USERS_THREE: Icon = Icon("\u{e68e}");
/// Phosphor «link».
pub const LINK: Icon = Icon("\u{e2e2}");
/// Phosphor «link-simple».
pub const LINK_SIMPLE: Icon = Icon("\u{e2e6}");
/// Phosphor «arrows-left-right».
pub const ARROWS_LEFT_RIGHT: Icon = Icon("\u{e0a0}");
/// Phosphor «chart-bar».
pub const CHART_BAR: Icon = Icon("\u{e150}");
/// Phosphor «file-text».
pub const FILE_TEXT: Icon = Icon("\u{e23a}");
/// Phosphor «clock-counter-clockwise».
pub const CLOCK_COUNTER_CLOCKWISE: Icon = Icon("\u{e1a0}");
/// Phosphor «notebook».
pub const NOTEBOOK: Icon = Icon("\u{e34e}");
/// Phosphor «question».
pub const QUESTION: Icon = Icon("\u{e3e8}");
/// Phosphor «gear-six».
pub const GEAR_SIX: Icon = Icon("\u{e272}");
/// Phosphor «lifebuoy».
pub const LIFEBUOY: Icon = Icon("\u{e63a}");
/// Phosphor «magnifying-glass».
pub const MAGNIFYING_GLASS: Icon = Icon("\u{e30c}");
/// Phosphor «plus».
pub const PLUS: Icon = Icon("\u{e3d4}");
/// Phosphor «caret-down».
pub const CARET_DOWN: Icon = Icon("\u{e136}");
/// Phosphor «caret-right».
pub const CARET_RIGHT: Icon = Icon("\u{e13a}");
/// Phosphor «caret-up».
pub const CARET_UP: Icon = Icon("\u{e13c}");
/// Phosphor «caret-left».
pub const CARET_LEFT: Icon = Icon("\u{e138}");
/// Phosphor «x».
pub const X: Icon = Icon("\u{e4f6}");
/// Phosphor «check».
pub const CHECK: Icon = Icon("\u{e182}");
/// Phosphor «check-circle».
pub const CHECK_CIRCLE: Icon = Icon("\u{e184}");
/// Phosphor «warning».
pub const WARNING: Icon = Icon("\u{e4e0}");
/// Phosphor «warning-circle».
pub const WARNING_CIRCLE: Icon = Icon("\u{e4e2}");
/// Phosphor «warning-octagon».
pub const WARNING_OCTAGON: Icon = Icon("\u{e4e4}");
/// Phosphor «clock».
pub const CLOCK: Icon = Icon("\u{e19a}");
/// Phosphor «copy».
pub const COPY: Icon = Icon("\u{e1ca}");
/// Phosphor «pencil-simple».
pub const PENCIL_SIMPLE: Icon = Icon("\u{e3b4}");
/// Phosphor «dots-three».
pub const DOTS_THREE: Icon = Icon("\u{e1fe}");
/// Phosphor «file-arrow-down».
pub const FILE_ARROW_DOWN: Icon = Icon("\u{e232}");
/// Phosphor «lock-simple».
pub const LOCK_SIMPLE: Icon = Icon("\u{e308}");
/// Phosphor «upload-simple».
pub const UPLOAD_SIMPLE: Icon = Icon("\u{e4c0}");
/// Phosphor «user».
pub const USER: Icon = Icon("\u{e4c2}");
/// Phosphor «user-circle».
pub const USER_CIRCLE: Icon = Icon("\u{e4c4}");
/// Phosphor «student».
pub const STUDENT: Icon = Icon("\u{e73e}");
/// Phosphor «chalkboard-teacher».
pub const CHALKBOARD_TEACHER: Icon = Icon("\u{e600}");
/// Phosphor «chats-circle».
pub const CHATS_CIRCLE: Icon = Icon("\u{e17e}");
/// Phosphor «chat-circle».
pub const CHAT_CIRCLE: Icon = Icon("\u{e168}");
/// Phosphor «funnel-simple».
pub const FUNNEL_SIMPLE: Icon = Icon("\u{e268}");
/// Phosphor «arrow-right».
pub const ARROW_RIGHT: Icon = Icon("\u{e06c}");
/// Phosphor «arrow-left».
pub const ARROW_LEFT: Icon = Icon("\u{e058}");
/// Phosphor «arrow-up».
pub const ARROW_UP: Icon = Icon("\u{e08e}");
/// Phosphor «arrow-down».
pub const ARROW_DOWN: Icon = Icon("\u{e03e}");
/// Phosphor «info».
pub const INFO: Icon = Icon("\u{e2ce}");
/// Phosphor «eye».
pub const EYE: Icon = Icon("\u{e220}");
/// Phosphor «prohibit».
pub const PROHIBIT: Icon = Icon("\u{e3de}");
/// Phosphor «hourglass-medium».
pub const HOURGLASS_MEDIUM: Icon = Icon("\u{e2b8}");
/// Phosphor «timer».
pub const TIMER: Icon = Icon("\u{e492}");
/// Phosphor «calendar-blank».
pub const CALENDAR_BLANK: Icon = Icon("\u{e10a}");
/// Phosphor «buildings».
pub const BUILDINGS: Icon = Icon("\u{e102}");
/// Phosphor «building».
pub const BUILDING: Icon = Icon("\u{e100}");
/// Phosphor «arrow-counter-clockwise».
pub const ARROW_COUNTER_CLOCKWISE: Icon = Icon("\u{e038}");
/// Phosphor «shield-check».
pub const SHIELD_CHECK: Icon = Icon("\u{e40c}");
/// Phosphor «shield-warning».
pub const SHIELD_WARNING: Icon = Icon("\u{e412}");
/// Phosphor «user-plus».
pub const USER_PLUS: Icon = Icon("\u{e4d0}");
/// Phosphor «user-minus».
pub const USER_MINUS: Icon = Icon("\u{e4ce}");
/// Phosphor «user-check».
pub const USER_CHECK: Icon = Icon("\u{eafa}");
/// Phosphor «user-switch».
pub const USER_SWITCH: Icon = Icon("\u{e756}");
/// Phosphor «swap».
pub const SWAP: Icon = Icon("\u{e83c}");
/// Phosphor «list-checks».
pub const LIST_CHECKS: Icon = Icon("\u{eadc}");
/// Phosphor «checks».
pub const CHECKS: Icon = Icon("\u{e53a}");
/// Phosphor «check-square».
pub const CHECK_SQUARE: Icon = Icon("\u{e186}");
/// Phosphor «square».
pub const SQUARE: Icon = Icon("\u{e45e}");
/// Phosphor «minus».
pub const MINUS: Icon = Icon("\u{e32a}");
/// Phosphor «circle».
pub const CIRCLE: Icon = Icon("\u{e18a}");
/// Phosphor «circle-dashed».
pub const CIRCLE_DASHED: Icon = Icon("\u{e602}");
/// Phosphor «arrow-square-out».
pub const ARROW_SQUARE_OUT: Icon = Icon("\u{e5de}");
/// Phosphor «file-xls».
pub const FILE_XLS: Icon = Icon("\u{eb22}");
/// Phosphor «table».
pub const TABLE: Icon = Icon("\u{e476}");
/// Phosphor «columns».
pub const COLUMNS: Icon = Icon("\u{e546}");
/// Phosphor «link-break».
pub const LINK_BREAK: Icon = Icon("\u{e2e4}");
/// Phosphor «broom».
pub const BROOM: Icon = Icon("\u{ec54}");
/// Phosphor «flag».
pub const FLAG: Icon = Icon("\u{e244}");
/// Phosphor «archive».
pub const ARCHIVE: Icon = Icon("\u{e00c}");
/// Phosphor «corners-out».
pub const CORNERS_OUT: Icon = Icon("\u{e1d0}");
/// Phosphor «picture-in-picture».
pub const PICTURE_IN_PICTURE: Icon = Icon("\u{e64c}");
/// Phosphor «users-four».
pub const USERS_FOUR: Icon = Icon("\u{e68c}");
/// Phosphor «clipboard-text».
pub const CLIPBOARD_TEXT: Icon = Icon("\u{e198}");
/// Phosphor «list-bullets».
pub const LIST_BULLETS: Icon = Icon("\u{e2f2}");
/// Phosphor «path».
pub const PATH: Icon = Icon("\u{e39c}");
/// Phosphor «intersect».
pub const INTERSECT: Icon = Icon("\u{e2d2}");
/// Phosphor «equals».
pub const EQUALS: Icon = Icon("\u{e21c}");
/// Phosphor «coffee».
pub const COFFEE: Icon = Icon("\u{e1c2}");
/// Phosphor «floppy-disk».
pub const FLOPPY_DISK: Icon = Icon("\u{e248}");
/// Phosphor «tilde».
pub const TILDE: Icon = Icon("\u{eda8}");
/// Phosphor «hand».
pub const HAND: Icon = Icon("\u{e298}");
/// Phosphor «keyboard».
pub const KEYBOARD: Icon = Icon("\u{e2d8}");
/// Phosphor «pause».
pub const PAUSE: Icon = Icon("\u{e39e}");
/// Phosphor «export».
pub const EXPORT: Icon = Icon("\u{eaf0}");
/// Phosphor «folder».
pub const FOLDER: Icon = Icon("\u{e24a}");
/// Phosphor «identification-card».
pub const IDENTIFICATION_CARD: Icon = Icon("\u{e2c8}");
/// Phosphor «megaphone».
pub const MEGAPHONE: Icon = Icon("\u{e324}");
/// Phosphor «key».
pub const KEY: Icon = Icon("\u{e2d6}");
/// Phosphor «sidebar».
pub const SIDEBAR: Icon = Icon("\u{ec24}");
