//! What a filled «Лист класса» would change (duties 2.3-6 and 2.3-8; clause 1.8). Nothing doubtful is among the changes:
//! it stands among the remarks, and the register stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::class_sheet_reading::{FilledClassSheet, FilledRow, Mark, SheetColumn};
use crate::names::{FullName, Role, fold};
use crate::register::{
    ClassSheetOperation, EntityKey, GroupKind, Membership, Observation, ObservationId, ObservationSource,
    Participation, ParticipationState, PersonId, Register, Target,
};
use crate::regulation::is_inside;

/// One state that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetChange {
    /// Row of the sheet.
    pub row: u32,
    /// The pupil of the row.
    pub pupil: PersonId,
    /// The adult whose state changes; `None`: the pupil's own.
    pub adult: Option<PersonId>,
    pub before: ParticipationState,
    pub after: ParticipationState,
}

/// A number that is recorded. For parents: children with an adult in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetCount {
    pub role: Role,
    pub joined: u32,
    /// Told only where the sheet lacks somebody of the group.
    pub of: Option<u32>,
}

/// Why a cell or a row changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetRemarkKind {
    UnclearMark,
    NoSuchPupil,
    /// Namesakes in the group.
    SeveralPupils,
    /// The pupil stands in this earlier row.
    RepeatsRow(u32),
    /// In the group and not taking part.
    Contradiction,
    /// Ticked as in, while the register says that they do not take part.
    InsideYetDeclined,
    /// The register says that they do not take part; the sheet no longer does.
    DeclinedYetUnmarked,
    /// The register says in; the cell is empty.
    InsideYetUnmarked,
    /// The register knows something of a later day.
    KnownLater,
    /// A kindergarten has no place for children [R 2.5, pub].
    NoPlaceForChildren,
    /// A pupil of the group whom the sheet does not name.
    NotInSheet,
}

impl SheetRemarkKind {
    /// Stable name for `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnclearMark => "unclear_mark",
            Self::NoSuchPupil => "no_such_pupil",
            Self::SeveralPupils => "several_pupils",
            Self::RepeatsRow(_) => "repeats_row",
            Self::Contradiction => "contradiction",
            Self::InsideYetDeclined => "inside_yet_declined",
            Self::DeclinedYetUnmarked => "declined_yet_unmarked",
            Self::InsideYetUnmarked => "inside_yet_unmarked",
            Self::KnownLater => "known_later",
            Self::NoPlaceForChildren => "no_place_for_children",
            Self::NotInSheet => "not_in_sheet",
        }
    }

    /// The remark in Russian, lower case.
    pub fn words(self) -> String {
        match self {
            Self::UnclearMark => "отметка не понята, поставьте «+» или «-»".into(),
            Self::NoSuchPupil => "такого ученика в классе нет, проверьте имя".into(),
            Self::SeveralPupils => "в классе несколько человек с таким именем, отметьте в карточках".into(),
            Self::RepeatsRow(first) => format!("повторяет строку {first}"),
            Self::Contradiction => "отмечены и «в группе», и «не участвует», оставьте одно".into(),
            Self::InsideYetDeclined => "в реестре «не участвует», а в листе внутри, решите в карточке".into(),
            Self::DeclinedYetUnmarked => "в реестре «не участвует», отметки нет, осталось как было".into(),
            Self::InsideYetUnmarked => "в реестре внутри, в листе пусто, осталось как было".into(),
            Self::KnownLater => "в реестре есть сведения новее этого листа".into(),
            Self::NoPlaceForChildren => "в группе детского сада места для детей нет".into(),
            Self::NotInSheet => "в листе нет этого ученика".into(),
        }
    }

    /// Whether the numbers of the sheet cannot be believed while this stands.
    fn spoils_count(self) -> bool {
        matches!(
            self,
            Self::UnclearMark
                | Self::NoSuchPupil
                | Self::SeveralPupils
                | Self::RepeatsRow(_)
                | Self::Contradiction
        )
    }
}

/// A remark with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetRemark {
    /// `None` for somebody whom the sheet does not name.
    pub row: Option<u32>,
    pub column: SheetColumn,
    /// Who stands in the row, where that is known.
    pub pupil: Option<PersonId>,
    pub kind: SheetRemarkKind,
}

/// What the sheet would change.
#[derive(Clone, Debug, Default)]
pub struct ClassSheetPlan {
    /// Without the hash of the file.
    pub operation: ClassSheetOperation,
    pub changes: Vec<SheetChange>,
    pub counts: Vec<SheetCount>,
    /// By row; who is missing from the sheet last.
    pub remarks: Vec<SheetRemark>,
    /// Children whose adult is ticked, but not which: they are in the number only.
    pub adults_unnamed: u32,
    /// Numbers that are not recorded, since a row or a cell of the column could not be read.
    pub counts_withheld: bool,
}

impl ClassSheetPlan {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.operation.observations.is_empty() && self.operation.participation.is_empty()
    }
}

/// Plans a sheet as seen on a day.
pub fn plan_class_sheet(
    register: &Register,
    sheet: &FilledClassSheet,
    on: Date,
    today: Date,
) -> ClassSheetPlan {
    let mut planning = Planning::new(register, sheet, on, today);
    for row in &sheet.rows {
        planning.take_row(row);
    }
    planning.finish()
}

struct Planning<'a> {
    register: &'a Register,
    sheet: &'a FilledClassSheet,
    on: Date,
    today: Date,
    /// The pupils by their full name, folded.
    by_name: BTreeMap<String, Vec<Arc<Membership>>>,
    /// In which row a pupil was found.
    found: BTreeMap<PersonId, u32>,
    has_place_for_children: bool,
    plan: ClassSheetPlan,
}

impl<'a> Planning<'a> {
    fn new(register: &'a Register, sheet: &'a FilledClassSheet, on: Date, today: Date) -> Self {
        let mut by_name: BTreeMap<String, Vec<Arc<Membership>>> = BTreeMap::new();
        let pupils = register
            .memberships_of_group(sheet.group)
            .filter(|member| member.role == Role::Student && register.is_current(member, today));
        for member in pupils {
            if let Some(person) = register.person(member.person) {
                by_name.entry(fold(&person.name.full())).or_default().push(member.clone());
            }
        }
        let kind = register.group(sheet.group).map(|group| group.kind);
        let operation = ClassSheetOperation {
            planned_at: register.revision,
            group: sheet.group,
            on,
            ..ClassSheetOperation::default()
        };
        Planning {
            register,
            sheet,
            on,
            today,
            by_name,
            found: BTreeMap::new(),
            has_place_for_children: kind != Some(GroupKind::KindergartenGroup),
            plan: ClassSheetPlan { operation, ..ClassSheetPlan::default() },
        }
    }

    fn remark(&mut self, row: u32, column: SheetColumn, pupil: Option<PersonId>, kind: SheetRemarkKind) {
        self.plan.remarks.push(SheetRemark { row: Some(row), column, pupil, kind });
    }

    /// The pupil of a row, or what is wrong with its name.
    fn pupil_of(&self, row: &FilledRow) -> Result<Arc<Membership>, SheetRemarkKind> {
        // As the register writes it, else in whatever order a name is understood.
        let parsed =
            || FullName::parse(&row.name).ok().and_then(|name| self.by_name.get(&fold(&name.full())));
        let pupil = match self.by_name.get(&fold(&row.name)).or_else(parsed).map(Vec::as_slice) {
            Some([pupil]) => pupil,
            Some([_, _, ..]) => return Err(SheetRemarkKind::SeveralPupils),
            _ => return Err(SheetRemarkKind::NoSuchPupil),
        };
        match self.found.get(&pupil.person) {
            Some(first) => Err(SheetRemarkKind::RepeatsRow(*first)),
            None => Ok(pupil.clone()),
        }
    }

    fn take_row(&mut self, row: &FilledRow) {
        let pupil = match self.pupil_of(row) {
            Ok(pupil) => pupil,
            Err(kind) => return self.remark(row.row, SheetColumn::Name, None, kind),
        };
        self.found.insert(pupil.person, row.row);
        for column in [SheetColumn::Student, SheetColumn::Adult, SheetColumn::NotTakingPart] {
            if row.mark(column) == Mark::Unclear {
                self.remark(row.row, column, Some(pupil.person), SheetRemarkKind::UnclearMark);
            }
        }
        self.take_pupil(row, &pupil);
        self.take_adults(row, pupil.person);
    }

    fn take_pupil(&mut self, row: &FilledRow, pupil: &Membership) {
        use ParticipationState::{DoesNotParticipate, Invited, Joined};
        let known = &pupil.participation;
        let declined = known.state == DoesNotParticipate;
        let remark = |this: &mut Self, column, kind| this.remark(row.row, column, Some(pupil.person), kind);
        let wanted = match (row.student, row.not_taking_part) {
            (Mark::Yes, Mark::Yes) => {
                return remark(self, SheetColumn::NotTakingPart, SheetRemarkKind::Contradiction);
            }
            (Mark::Yes, _) if !self.has_place_for_children => {
                return remark(self, SheetColumn::Student, SheetRemarkKind::NoPlaceForChildren);
            }
            (Mark::Unclear, _) | (_, Mark::Unclear) => return,
            (_, Mark::Yes) => DoesNotParticipate,
            (Mark::Yes, _) if declined => {
                return remark(self, SheetColumn::Student, SheetRemarkKind::InsideYetDeclined);
            }
            _ if declined => {
                return remark(self, SheetColumn::NotTakingPart, SheetRemarkKind::DeclinedYetUnmarked);
            }
            (Mark::Yes, _) if is_inside(known.state) => return,
            (Mark::Yes, _) => Joined,
            (Mark::No, _) if is_inside(known.state) => Invited,
            (Mark::Silent, _) if is_inside(known.state) && self.is_used(SheetColumn::Student) => {
                return remark(self, SheetColumn::Student, SheetRemarkKind::InsideYetUnmarked);
            }
            _ => return,
        };
        if known.state == wanted {
            return;
        }
        match self.is_known_later(known, wanted) {
            true => remark(self, SheetColumn::Student, SheetRemarkKind::KnownLater),
            false => self.change(row.row, pupil.person, None, pupil.id.into(), known.state, wanted),
        }
    }

    fn take_adults(&mut self, row: &FilledRow, child: PersonId) {
        let register = self.register;
        let adults: Vec<_> = register.current_guardians(child, self.today).cloned().collect();
        let inside: Vec<_> = adults.iter().filter(|adult| is_inside(adult.participation.state)).collect();
        match (row.adult, inside.is_empty()) {
            (Mark::Yes, true) => match adults.as_slice() {
                [adult] if adult.participation.state == ParticipationState::DoesNotParticipate => {
                    self.remark(row.row, SheetColumn::Adult, Some(child), SheetRemarkKind::InsideYetDeclined);
                }
                [adult] if self.is_known_later(&adult.participation, ParticipationState::Joined) => {
                    self.remark(row.row, SheetColumn::Adult, Some(child), SheetRemarkKind::KnownLater);
                }
                [adult] => {
                    let (state, joined) = (adult.participation.state, ParticipationState::Joined);
                    self.change(row.row, child, Some(adult.adult), adult.id.into(), state, joined);
                }
                _ => self.plan.adults_unnamed += 1,
            },
            (Mark::No, false) => {
                for adult in inside {
                    let (state, invited) = (adult.participation.state, ParticipationState::Invited);
                    match self.is_known_later(&adult.participation, invited) {
                        true => {
                            let kind = SheetRemarkKind::KnownLater;
                            self.remark(row.row, SheetColumn::Adult, Some(child), kind);
                        }
                        false => {
                            self.change(row.row, child, Some(adult.adult), adult.id.into(), state, invited)
                        }
                    }
                }
            }
            (Mark::Silent, false) if self.is_used(SheetColumn::Adult) => {
                self.remark(row.row, SheetColumn::Adult, Some(child), SheetRemarkKind::InsideYetUnmarked);
            }
            _ => {}
        }
    }

    /// Seeing somebody counts on the day of what is known, not seeing them only after it.
    fn is_known_later(&self, known: &Participation, wanted: ParticipationState) -> bool {
        known.as_of.is_some_and(|as_of| match wanted {
            ParticipationState::Invited => as_of >= self.on,
            _ => as_of > self.on,
        })
    }

    fn change(
        &mut self,
        row: u32,
        pupil: PersonId,
        adult: Option<PersonId>,
        key: EntityKey,
        before: ParticipationState,
        after: ParticipationState,
    ) {
        self.plan.changes.push(SheetChange { row, pupil, adult, before, after });
        self.plan.operation.participation.push((key, after));
    }

    /// A column in which nothing is ticked says nothing of anybody.
    fn is_used(&self, column: SheetColumn) -> bool {
        self.sheet.rows.iter().any(|row| matches!(row.mark(column), Mark::Yes | Mark::No))
    }

    fn finish(mut self) -> ClassSheetPlan {
        let lacking: Vec<PersonId> = self
            .by_name
            .values()
            .filter(|namesakes| namesakes.len() == 1)
            .flatten()
            .map(|pupil| pupil.person)
            .filter(|pupil| !self.found.contains_key(pupil))
            .collect();
        self.count(SheetColumn::Student, Role::Student, !lacking.is_empty());
        self.count(SheetColumn::Adult, Role::Parent, !lacking.is_empty());
        self.plan.remarks.extend(lacking.iter().map(|pupil| SheetRemark {
            row: None,
            column: SheetColumn::Name,
            pupil: Some(*pupil),
            kind: SheetRemarkKind::NotInSheet,
        }));
        self.plan
    }

    fn count(&mut self, column: SheetColumn, role: Role, lacks_somebody: bool) {
        if !self.is_used(column) || (role == Role::Student && !self.has_place_for_children) {
            return;
        }
        let concerns = |remark: &SheetRemark| match remark.kind {
            SheetRemarkKind::UnclearMark => remark.column == column,
            SheetRemarkKind::Contradiction => column == SheetColumn::Student,
            kind => kind.spoils_count(),
        };
        if self.plan.remarks.iter().any(concerns) {
            self.plan.counts_withheld = true;
            return;
        }
        let rows = || self.sheet.rows.iter();
        let joined = rows().filter(|row| row.mark(column) == Mark::Yes).count() as u32;
        let taking_part = rows().filter(|row| row.not_taking_part != Mark::Yes).count() as u32;
        let of = lacks_somebody.then_some(taking_part.max(joined));
        self.plan.counts.push(SheetCount { role, joined, of });
        self.plan.operation.observations.push(Observation {
            id: ObservationId::default(),
            target: Target::Group(self.sheet.group),
            role,
            on: self.on,
            source: ObservationSource::Ticks,
            joined,
            of,
        });
    }
}
