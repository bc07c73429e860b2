//! The XML inside xlsx and ods, walked before the parser sees it: bombs are named, structure is noted.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::limits::{MAX_MERGED_RANGES, MAX_XML_DEPTH};
use super::problem::WorkbookProblem;

/// What the walk meets.
pub(super) enum Piece<'e> {
    /// A beginning; every empty element is a beginning and an end.
    Start(&'e BytesStart<'e>),
    /// An end, by its local name.
    End(&'e str),
}

/// Walks a part from end to end.
///
/// # Errors
/// [`WorkbookProblem`]: a document type, nesting, broken XML, and what `visit` finds.
pub(super) fn walk(
    part: impl BufRead,
    mut visit: impl FnMut(Piece<'_>) -> Result<(), WorkbookProblem>,
) -> Result<(), WorkbookProblem> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::with_capacity(1024), 0_usize);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| WorkbookProblem::BrokenContents)? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_XML_DEPTH {
                    return Err(WorkbookProblem::TooDeep);
                }
                visit(Piece::Start(&start))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Piece::End(end.local_name().as_ref()))?;
            }
            Event::DocType(_) => return Err(WorkbookProblem::DocumentType),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute by its local name, entities resolved. Given twice it is refused: the parser might take the
/// other one.
pub(super) fn attribute(
    element: &BytesStart<'_>,
    local_name: &str,
) -> Result<Option<String>, WorkbookProblem> {
    let mut found = None;
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| WorkbookProblem::BrokenContents)?;
        if attribute.key.local_name().as_ref() == local_name {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| WorkbookProblem::BrokenContents)?;
            if found.replace(value.into_owned()).is_some() {
                return Err(WorkbookProblem::BrokenContents);
            }
        }
    }
    Ok(found)
}

/// An attribute that is a number; `or` where it is missing.
pub(super) fn number(element: &BytesStart<'_>, local_name: &str, or: u64) -> Result<u64, WorkbookProblem> {
    match attribute(element, local_name)? {
        Some(text) => text.trim().parse().map_err(|_| WorkbookProblem::FalseReference),
        None => Ok(or),
    }
}

/// Adds a hidden row to stretches of them.
pub(super) fn add_hidden(stretches: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    match stretches.last_mut() {
        Some((_, end)) if end.checked_add(1) == Some(first) => *end = last,
        _ => stretches.push((first, last)),
    }
}

/// Refuses one merged range too many.
pub(super) fn check_merged(count: usize) -> Result<(), WorkbookProblem> {
    if count > MAX_MERGED_RANGES { Err(WorkbookProblem::TooManyMergedRanges) } else { Ok(()) }
}
