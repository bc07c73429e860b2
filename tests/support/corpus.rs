//! The seeds of the fuzz targets: small files of our own, made by `seeds` and kept beside the tests, so that a
//! fuzzer finds them and a finding can be added to them.

use std::path::PathBuf;

use super::made_school::a_school;
use super::shapes::{SHAPES, staff_list};
use super::text_files::{TextEncoding, delimited};

/// The folder of the corpus.
pub fn corpus_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/roster_corpus")
}

/// The files below a folder of the corpus, by name.
pub fn files_of(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = corpus_folder().join(target);
    let listed = std::fs::read_dir(&folder).expect("the corpus lies beside the tests");
    let mut files: Vec<(String, Vec<u8>)> = listed
        .map(|entry| {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            (name, std::fs::read(&path).expect("the file can be read"))
        })
        .collect();
    files.sort();
    files
}

/// The seeds as they are to lie in the folders `text` and `workbook_xml`.
pub fn seeds() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut seeds = shape_seeds();
    seeds.extend(odd_texts().map(|(name, bytes)| ("text", format!("odd-{name}.csv"), bytes)));
    seeds.extend(
        WORKBOOK_PARTS
            .map(|(name, parts)| ("workbook_xml", format!("{name}.txt"), parts.as_bytes().to_vec())),
    );
    seeds
}

/// Every shape with five pupils, the encodings and delimiters in turn.
fn shape_seeds() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut school = a_school();
    school.pupils.truncate(5);
    school.staff.truncate(4);
    let in_text = SHAPES.iter().filter(|shape| !shape.workbook_only);
    let mut tables: Vec<(String, super::shapes::Table)> = in_text
        .map(|shape| (shape.name.replace([' ', ','], "-"), (shape.write)(&school).remove(0).tables.remove(0)))
        .collect();
    tables.push(("staff".into(), staff_list(&school).tables.remove(0)));
    let encoded = tables.into_iter().enumerate().map(|(index, (name, table))| {
        let text = delimited(&table, [';', ',', '\t'][index % 3]);
        let wanted = TextEncoding::ALL[index % TextEncoding::ALL.len()];
        // Some letters are missing in the oldest encodings.
        let bytes = wanted.encode(&text).unwrap_or_else(|| text.into_bytes());
        ("text", format!("{name}.csv"), bytes)
    });
    encoded.collect()
}

fn odd_texts() -> [(&'static str, Vec<u8>); 10] {
    [
        ("sep-line", "sep=,\r\nФИО,Класс\r\nГусев Пётр,5А\r\n".into()),
        ("open-quote", "ФИО;Класс\n\"Гусев Пётр;5А\nКим Яна;5А\n".into()),
        ("line-breaks-in-cells", "ФИО;Класс\n\"Гусев\nПётр\";\"5\r\nА\"\n".into()),
        ("only-carriage-returns", "ФИО;Класс\rГусев Пётр;5А\r".into()),
        ("namesakes", "ФИО;Класс;Д.р.\nКим Яна;5А;01.02.2015\nКим Яна;5А;02.02.2015\nКим Яна;5Б;\n".into()),
        ("no-header", "Гусев Пётр Ильич;5А;14.03.2015\nКим Яна;5Б;15.03.2015\n".into()),
        ("bidi-and-combining", "ФИО;Класс\nГу\u{306}сев \u{202E}Пётр;5А\n\u{200B};\u{FEFF}\n".into()),
        (
            "parents-of-two",
            "ФИО;Класс;Мать;Тел. матери\nКим Яна;5А;Ким Инна;89120000001\nКим Ян;6А;Ким Инна;89120000001\n"
                .into(),
        ),
        ("dos-end", "ФИО,Группа\r\nГусев Пётр Ильич,ИС-21-1\r\n\u{1A}".into()),
        (
            "scientific",
            "ФИО;Класс;Телефон;Дата рождения\nКим Яна;5А;7,9E+10;42077\nЛи Ян;5А;1;00.00.0000\n".into(),
        ),
    ]
}

/// Inner XML of a worksheet, of the shared texts and of the book, parted by a line of dashes.
const WORKBOOK_PARTS: [(&str, &str); 11] = [
    // Found by mutation: the parser and the scan before it read another of two attributes.
    (
        "reference-twice",
        "<sheetData><row r=\"1\"><c r=\"A1\" r=\"ZZZZZZZZZ1\"><v>1</v></c></row></sheetData>",
    ),
    // Found by mutation: a range whose ends are exchanged.
    ("reversed-range", "<dimension ref=\"I1:B2\"/><sheetData><row><c><v>1</v></c></row></sheetData>"),
    (
        "plain",
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"s\"><v>3</v></c></row></sheetData>\n----\n<si><t>ФИО</t></si><si><t>Класс</t></si><si><t>Гусев Пётр</t></si><si><t>5А</t></si>",
    ),
    (
        "inline-texts",
        "<dimension ref=\"A1:B2\"/><sheetData><row><c t=\"inlineStr\"><is><t>ФИО</t></is></c><c t=\"str\"><v>Класс</v></c></row><row><c t=\"inlineStr\"><is><r><t xml:space=\"preserve\">Ким </t></r><r><t>Яна</t></r></is></c><c t=\"str\"><f>1+1</f><v>5А</v></c></row></sheetData>",
    ),
    (
        "numbers-and-dates",
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" s=\"1\"><v>42077</v></c><c r=\"C2\"><v>79120000001</v></c><c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"e\"><v>#N/A</v></c><c r=\"F2\" t=\"d\"><v>2015-03-14</v></c></row></sheetData>\n----\n<si><t>ФИО</t></si><si><t>Дата рождения</t></si><si><t>Ли Ян</t></si>",
    ),
    (
        "merged-and-hidden",
        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"s\"><v>3</v></c><c r=\"B2\" t=\"s\"><v>2</v></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A9\"/></mergeCells>\n----\n<si><t>ФИО</t></si><si><t>Класс</t></si><si><t>Ким Яна</t></si><si><t>5А</t></si>",
    ),
    (
        "far-corner",
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
    ),
    ("false-reference", "<sheetData><row r=\"1\"><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row></sheetData>"),
    (
        "false-index",
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>4000000000</v></c></row></sheetData>\n----\n<si><t>ФИО</t></si>",
    ),
    (
        "entities",
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&lt;&#1059;&amp;&quot;&apos;&gt;&#x10FFFF;</v></c></row></sheetData>\n----\n<si><t xml:space=\"preserve\"> a </t><rPh sb=\"0\" eb=\"1\"><t>b</t></rPh></si>",
    ),
    (
        "two-sheets",
        "<sheetData/>\n----\n\n----\n<sheets><sheet name=\"5А\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"5Б\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId1\"/></sheets>",
    ),
];
