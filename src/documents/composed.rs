//! A document before it becomes a file: titles, paragraphs, tables and cards. Composed from the register without a
//! clock or a disk, so that every document can be read as text by a test.

use jiff::civil::Date;

use crate::names::InviteAddress;

/// How a document lies on A4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageLayout {
    /// Upright, ordinary margins.
    #[default]
    Portrait,
    /// Lying, ordinary margins.
    Landscape,
    /// Upright, one centimetre of margin all around: sheets that are cut.
    Cards,
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineAlignment {
    /// Left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// Right.
    Right,
}

/// A document. No `Debug`: it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// How it lies on the paper.
    pub layout: PageLayout,
    /// The day it is made; becomes the day of creation among its properties.
    pub made_on: Date,
    /// What stands in it, top to bottom.
    pub blocks: Vec<Block>,
    /// Whether the pages are numbered at the foot.
    pub page_numbers: bool,
}

/// A piece of a document.
#[derive(Clone, PartialEq, Eq)]
pub enum Block {
    /// Bold, in the middle.
    Title(String),
    /// Bold, at the left, kept with what follows.
    Heading(String),
    /// Bold, in the middle, at the top of a new page: a part of a pack.
    Part(String),
    /// Bars under each other, each with its words beside it.
    Bars(Vec<BarRow>),
    /// An ordinary paragraph; line breaks are kept.
    Paragraph(String, LineAlignment),
    /// A paragraph in the size of table cells.
    SmallPrint(String),
    /// Lines of a code to be read and typed back: large, every letter as wide as the others.
    Code(Vec<String>),
    /// A table with lines.
    Table(ComposedTable),
    /// Lines to sign on: who, and the name in type. Stand together on a page.
    Signatures(Vec<Signature>),
    /// Cards to be cut apart, two in a row, six on a page.
    Cards(Vec<LinkCard>),
}

/// A bar with its words: the picture holds no letter, so it reads the same wherever it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarRow {
    /// What it is of: «Ученики», «7Б».
    pub label: String,
    /// Inside, of how many; `None`: nothing is known, and no bar is drawn.
    pub now: Option<(u32, u32)>,
    /// The same at the earlier day; `None`: nothing to compare with.
    pub then: Option<(u32, u32)>,
    /// The words at the right, line by line: «25 из 27», «было 20 из 27».
    pub words: String,
}

/// A table with a header that is repeated on every page.
#[derive(Clone, PartialEq, Eq)]
pub struct ComposedTable {
    /// The columns.
    pub columns: Vec<Column>,
    /// The cells, row by row, one for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The text of its header.
    pub header: &'static str,
    /// Its share of the width of the table; only the proportion counts.
    pub share: usize,
    /// Whether its cells stand in the middle: numbers, ticks.
    pub is_centered: bool,
}

impl Column {
    /// A column of texts.
    pub const fn text(header: &'static str, share: usize) -> Column {
        Column { header, share, is_centered: false }
    }

    /// A column of numbers or ticks.
    pub const fn centered(header: &'static str, share: usize) -> Column {
        Column { header, share, is_centered: true }
    }
}

/// A line to sign on.
#[derive(Clone, PartialEq, Eq)]
pub struct Signature {
    /// Post: «Администратор».
    pub post: String,
    /// The name beside the line; empty: to be written in.
    pub name: String,
}

/// One card with a QR code (issue 4, item 2). The address stands in the code only, never as text.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkCard {
    /// What the link opens: «7Б», «Родители 7Б».
    pub place: String,
    /// For whom: «для учеников».
    pub audience: String,
    /// «Кому: …» where names were asked for.
    pub recipient: Option<String>,
    /// What the code holds, to the letter.
    pub address: InviteAddress,
    /// What to do, in order.
    pub steps: [String; 3],
    /// Expiry, wording of voluntariness, the last characters of the address.
    pub notes: Vec<String>,
}

impl Composed {
    /// Everything that can be read in the document, one line a paragraph, cells apart by « | ». Without the codes.
    pub fn to_text(&self) -> String {
        self.blocks.iter().map(block_text).collect()
    }
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Title(text)
        | Block::Heading(text)
        | Block::Part(text)
        | Block::Paragraph(text, _)
        | Block::SmallPrint(text) => format!("{text}\n"),
        Block::Bars(rows) => {
            rows.iter().map(|row| format!("{}: {}\n", row.label, row.words.replace('\n', "; "))).collect()
        }
        Block::Code(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
        Block::Table(table) => {
            let header = table.columns.iter().map(|column| column.header).collect::<Vec<_>>().join(" | ");
            let rows: String = table.rows.iter().map(|row| format!("{}\n", row.join(" | "))).collect();
            format!("{header}\n{rows}")
        }
        Block::Signatures(signatures) => {
            signatures.iter().map(|line| format!("{} ____ {}\n", line.post, line.name)).collect()
        }
        Block::Cards(cards) => cards.iter().map(card_text).collect(),
    }
}

fn card_text(card: &LinkCard) -> String {
    let mut text = format!("[{}] {}\n", card.place, card.audience);
    for line in card.recipient.iter().chain(&card.steps).chain(&card.notes) {
        text.push_str(line);
        text.push('\n');
    }
    text
}
