//! The container of old Excel workbooks ([MS-CFB]): as much of it as is needed to find a stream by its name.

use super::problem::WorkbookProblem;

/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const DIRECTORY_ENTRY_BYTES: usize = 128;
const MINI_SECTOR_BYTES: usize = 64;
/// Kinds of directory entries.
const STREAM: u8 = 2;
const ROOT: u8 = 5;

/// A compound file, opened.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_cutoff: u64,
    entries: Vec<DirectoryEntry>,
}

struct DirectoryEntry {
    name: String,
    kind: u8,
    start: u32,
    size: u64,
}

/// A stream and where in the file its pieces lie, in order.
pub(super) struct Stream {
    pub bytes: Vec<u8>,
    /// Offset in the file and length.
    pieces: Vec<(usize, usize)>,
}

impl Stream {
    /// The offset in the file of a byte of the stream.
    pub fn offset_in_file(&self, mut position: usize) -> Option<usize> {
        for (offset, length) in &self.pieces {
            if position < *length {
                return Some(offset + position);
            }
            position -= length;
        }
        None
    }
}

fn u16_at(bytes: &[u8], position: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(position..position + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], position: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(position..position + 4)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Whether the bytes begin as a compound file does.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(SIGNATURE)
    }

    /// Reads the tables of sectors and the directory.
    ///
    /// # Errors
    /// [`WorkbookProblem::BrokenContainer`].
    pub fn open(bytes: &'a [u8]) -> Result<Self, WorkbookProblem> {
        Self::read(bytes).ok_or(WorkbookProblem::BrokenContainer)
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let sector_bytes = match u16_at(bytes, 0x1E)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut compound = Self {
            bytes,
            sector_bytes,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_cutoff: u64::from(u32_at(bytes, 0x38)?),
            entries: Vec::new(),
        };
        for sector in compound.sectors_of_the_fat()? {
            let sector = compound.sector(sector)?;
            compound.fat.extend(sector.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)));
        }
        let directory = compound.chain_bytes(u32_at(bytes, 0x30)?)?;
        let entries = directory.as_chunks::<DIRECTORY_ENTRY_BYTES>().0;
        compound.entries = entries.iter().filter_map(DirectoryEntry::read).collect();
        let mini_fat = compound.chain_bytes(u32_at(bytes, 0x3C)?).unwrap_or_default();
        compound.mini_fat =
            mini_fat.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        Some(compound)
    }

    fn sectors_of_the_fat(&self) -> Option<Vec<u32>> {
        let count = u32_at(self.bytes, 0x2C)? as usize;
        let most = self.bytes.len() / self.sector_bytes + 1;
        let mut sectors: Vec<u32> =
            (0..109).filter_map(|index| u32_at(self.bytes, 0x4C + index * 4)).collect();
        let mut next = u32_at(self.bytes, 0x44)?;
        let mut visited = 0;
        while next < FIRST_MARK {
            visited += 1;
            if visited > most {
                return None;
            }
            let sector = self.sector(next)?;
            let last = self.sector_bytes - 4;
            sectors.extend((0..last).step_by(4).filter_map(|position| u32_at(sector, position)));
            next = u32_at(sector, last)?;
        }
        sectors.retain(|sector| *sector < FIRST_MARK);
        sectors.truncate(count.min(most));
        Some(sectors)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_bytes)?;
        // The last sector of a careless writer is cut short.
        let end = (start + self.sector_bytes).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, start: u32, table: &[u32]) -> Option<Vec<u32>> {
        let mut chain = Vec::new();
        let mut next = start;
        while next < FIRST_MARK {
            if chain.len() > table.len() {
                return None;
            }
            chain.push(next);
            next = *table.get(next as usize)?;
        }
        Some(chain)
    }

    fn chain_bytes(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for sector in self.chain(start, &self.fat)? {
            bytes.extend_from_slice(self.sector(sector)?);
        }
        Some(bytes)
    }

    /// Whether a stream or a folder of this name is there.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The first stream of this name.
    ///
    /// # Errors
    /// [`WorkbookProblem::BrokenContainer`] when it is missing or torn.
    pub fn stream(&self, name: &str) -> Result<Stream, WorkbookProblem> {
        self.read_stream(name).ok_or(WorkbookProblem::BrokenContainer)
    }

    fn read_stream(&self, name: &str) -> Option<Stream> {
        let entry = self.entries.iter().find(|entry| entry.kind == STREAM && entry.name == name)?;
        let size = usize::try_from(entry.size).ok()?;
        let mut pieces = if entry.size < self.mini_cutoff {
            self.mini_pieces(entry.start)?
        } else {
            let chain = self.chain(entry.start, &self.fat)?;
            chain.into_iter().map(|sector| self.piece(sector)).collect::<Option<Vec<_>>>()?
        };
        let mut left = size;
        for (_, length) in &mut pieces {
            *length = (*length).min(left);
            left -= *length;
        }
        let mut bytes = Vec::new();
        for (offset, length) in &pieces {
            bytes.extend_from_slice(self.bytes.get(*offset..offset + length)?);
        }
        (left == 0).then_some(Stream { bytes, pieces })
    }

    fn piece(&self, sector: u32) -> Option<(usize, usize)> {
        let start = (sector as usize + 1).checked_mul(self.sector_bytes)?;
        Some((start, self.sector(sector)?.len()))
    }

    fn mini_pieces(&self, start: u32) -> Option<Vec<(usize, usize)>> {
        let root = self.entries.iter().find(|entry| entry.kind == ROOT)?;
        let container = self.chain(root.start, &self.fat)?;
        let of_mini = |mini: u32| {
            let position = mini as usize * MINI_SECTOR_BYTES;
            let sector = *container.get(position / self.sector_bytes)?;
            let (offset, length) = self.piece(sector)?;
            let within = position % self.sector_bytes;
            (within + MINI_SECTOR_BYTES <= length).then_some((offset + within, MINI_SECTOR_BYTES))
        };
        self.chain(start, &self.mini_fat)?.into_iter().map(of_mini).collect()
    }
}

impl DirectoryEntry {
    fn read(entry: &[u8; DIRECTORY_ENTRY_BYTES]) -> Option<Self> {
        let kind = entry[66];
        if kind == 0 {
            return None;
        }
        let name_bytes = usize::from(u16_at(entry, 64)?).min(64);
        let units = entry[..name_bytes].as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two));
        let name = char::decode_utf16(units.take_while(|unit| *unit != 0)).filter_map(Result::ok).collect();
        // The upper half of the size is rubbish in files with small sectors.
        Some(Self { name, kind, start: u32_at(entry, 116)?, size: u64::from(u32_at(entry, 120)?) })
    }
}
