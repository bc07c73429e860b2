//! `summary --sheet`: a filled «Лист класса» read back (duties 2.3-6 and 2.3-8; clause 1.8). Names stand on stdout only.

use std::path::Path;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::open;
use super::output::{TextTable, one_line, print, print_json, print_line, say};
use crate::names::Role;
use crate::register::{PersonId, Register};
use crate::regulation::participation_words;
use crate::roster::WorkbookReader;
use crate::session::{
    ClassSheetPlan, JobHandle, ReadClassSheet, SheetChange, SheetColumn, SheetCount, SheetRemark,
    plan_class_sheet, read_class_sheet_file,
};
use crate::wording::{counted, date_short};

/// `summary FILE --sheet PATH [--on DATE] [--dry-run] [--json]`.
pub(super) fn read_sheet(given: &Given) -> Outcome {
    let path =
        given.values.get("sheet").and_then(|values| values.last()).map(Path::new).unwrap_or(Path::new(""));
    let mut session = open(given)?;
    let today = session.clock().today();
    let reader = WorkbookReader::of_this_program();
    let read = read_class_sheet_file(session.register(), path, today, &reader, &JobHandle::default())
        .map_err(Failure::failed)?;
    let on = match given.date("on", today)? {
        Some(on) => on,
        None => read.sheet.on.unwrap_or_else(|| {
            say(&format!("День в листе не назван: взят {}. Другой задаётся ключом --on.", date_short(today)));
            today
        }),
    };
    if on > today {
        return Err(Failure::failed(format!(
            "Лист заполнен {}, этот день ещё не наступил. Ничего не изменено. Верный день задаётся ключом --on.",
            date_short(on)
        )));
    }
    let plan = plan_class_sheet(session.register(), &read.sheet, on, today);
    let before = session.register().clone();
    let entry = match given.has("dry-run") || plan.is_empty() {
        true => None,
        false => session.execute(&read.operation(&plan))?.entry,
    };
    if given.has("json") {
        print_json(&plan_json(&before, &read, &plan, entry))?;
        return Ok(DONE);
    }
    print(&told(&before, &read, &plan)?)?;
    let end = match entry {
        Some(entry) => format!("Записано. Запись журнала № {entry}."),
        None if plan.is_empty() => "Нового в листе нет. Ничего не изменено.".to_owned(),
        None => "Ничего не изменено: с ключом --dry-run лист только показан.".to_owned(),
    };
    print_line(&end)?;
    Ok(DONE)
}

fn name(register: &Register, id: PersonId) -> String {
    register.person(id).map_or_else(|| format!("№ {id}"), |person| one_line(&person.name.full()))
}

fn whose(register: &Register, change: &SheetChange) -> String {
    match change.adult {
        Some(adult) => format!("{}, взрослый: {}", name(register, change.pupil), name(register, adult)),
        None => name(register, change.pupil),
    }
}

fn told(register: &Register, read: &ReadClassSheet, plan: &ClassSheetPlan) -> Result<String, Failure> {
    let label = register.group(read.sheet.group).map_or("", |group| group.label.as_str());
    let mut text = format!(
        "Лист класса {}, отмечено {}: {}\n",
        one_line(label),
        date_short(plan.operation.on),
        counted(plan.changes.len() as u64, "изменение", "изменения", "изменений")
    );
    for count in &plan.counts {
        text.push_str(&count_words(count));
    }
    if plan.counts_withheld {
        text.push_str("  Число внутри не записано: не все строки прочитаны.\n");
    }
    if plan.adults_unnamed > 0 {
        let children = counted(plan.adults_unnamed.into(), "ребёнка", "детей", "детей");
        let counted = if plan.counts_withheld { "" } else { ": взято в число" };
        text.push_str(&format!("  У {children} не сказано, кто из взрослых внутри{counted}.\n"));
    }
    if !plan.changes.is_empty() {
        let mut table = TextTable::new(&["Строка", "Кто", "Было", "Станет"], &[0]);
        for change in &plan.changes {
            let (before, after) = (participation_words(change.before), participation_words(change.after));
            table.row([change.row.to_string(), whose(register, change), before.into(), after.into()]);
        }
        text.push_str(&table.render());
    }
    if !plan.remarks.is_empty() {
        text.push_str("Оставлено как было:\n");
        for remark in &plan.remarks {
            text.push_str(&format!("  {}\n", remark_line(register, remark)));
        }
    }
    Ok(text)
}

fn count_words(count: &SheetCount) -> String {
    let whom = match count.role {
        Role::Parent => "Детей со взрослым внутри",
        _ => "Учеников внутри",
    };
    let of = count.of.map_or_else(String::new, |of| format!(" из {of}"));
    format!("  {whom}: {}{of}\n", count.joined)
}

fn remark_line(register: &Register, remark: &SheetRemark) -> String {
    let mut places = Vec::new();
    if let Some(row) = remark.row {
        places.push(format!("строка {row}"));
    }
    if remark.row.is_some() && remark.column != SheetColumn::Name {
        places.push(format!("столбец «{}»", remark.column.header()));
    }
    places.extend(remark.pupil.map(|pupil| name(register, pupil)));
    format!("{}: {}", places.join(", "), remark.kind.words())
}

fn plan_json(register: &Register, read: &ReadClassSheet, plan: &ClassSheetPlan, entry: Option<u64>) -> Value {
    let person = |id: PersonId| json!({ "id": id, "full_name": name(register, id) });
    let changes = plan.changes.iter().map(|change| {
        json!({
            "row": change.row,
            "person": person(change.pupil),
            "adult": change.adult.map(person),
            "before": change.before,
            "after": change.after,
        })
    });
    let remarks = plan.remarks.iter().map(|remark| {
        json!({
            "row": remark.row,
            "column": remark.column.header(),
            "person": remark.pupil.map(person),
            "code": remark.kind.code(),
            "text": remark.kind.words(),
        })
    });
    let counts = plan
        .counts
        .iter()
        .map(|count| json!({ "role": count.role.code(), "joined": count.joined, "of": count.of }));
    json!({
        "group": register.group(read.sheet.group).map(|group| group.label.clone()),
        "on": plan.operation.on,
        "changes": changes.collect::<Vec<Value>>(),
        "counts": counts.collect::<Vec<Value>>(),
        "counts_withheld": plan.counts_withheld,
        "adults_unnamed": plan.adults_unnamed,
        "remarks": remarks.collect::<Vec<Value>>(),
        "entry": entry,
    })
}
