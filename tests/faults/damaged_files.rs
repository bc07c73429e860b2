//! Row 10: damaged files. Each opens or is refused in a sentence, without a panic, its bytes left as they are; a keyed
//! file never shows wrong content, since every page carries a seal.

use sferum_console::session::Session;

use crate::bench::{Chance, Lock, School, cases, clock, is_a_sentence, names_in, put};

const PAGE: usize = 4096;

#[test]
fn damaged_files() {
    let count = cases(200);
    let mut chance = Chance::of("damaged files");
    for lock in [Lock::Raw, Lock::Plain] {
        let school = School::new(lock);
        let (sound, folder) = (school.bytes(), names_in(school.folder()));
        let whole = open(&school).expect("the sound file opens");
        let (register, journal) =
            (whole.register().clone(), whole.list_entries(None, 100).expect("readable"));
        drop(whole);
        let (mut refused, mut found_later, mut unseen) = (0, 0, 0);
        for case in 0..count / 2 {
            let (damaged, what) = damage(&sound, &mut chance);
            if damaged == sound {
                continue;
            }
            put(&school.path, &damaged);
            let place = format!("{lock:?} file {case}, {what}");
            match open(&school) {
                Err(words) => {
                    refused += 1;
                    assert!(is_a_sentence(&words), "{place}: «{words}»");
                    assert!(school.bytes() == damaged, "{place}: refused and changed");
                    assert_eq!(names_in(school.folder()), folder, "{place}: left over");
                }
                Ok(session) => {
                    let is_told = session.verify().map_or(true, |report| !report.problems.is_empty());
                    found_later += usize::from(is_told);
                    unseen += usize::from(!is_told);
                    if lock == Lock::Raw {
                        assert!(is_told, "{place}: passed as sound");
                        assert!(*session.register() == register, "{place}: wrong content");
                        let entries = session.list_entries(None, 100);
                        assert!(entries.map_or(true, |entries| entries == journal), "{place}: wrong journal");
                    }
                }
            }
        }
        println!(
            "damaged files, {lock:?}: {} damaged, {refused} refused at opening, {found_later} opened and told by the \
             check, {unseen} bore it unseen; panics 0, wrong content in keyed files 0, refused and changed 0",
            refused + found_later + unseen
        );
        assert!(refused > 0, "no damage was ever noticed");
    }
}

/// With a password, once, since deriving the key takes its time.
#[test]
fn a_damaged_file_with_a_password() {
    let school = School::new(Lock::Password);
    let mut bytes = school.bytes();
    bytes[20] ^= 1;
    put(&school.path, &bytes);
    assert!(is_a_sentence(&open(&school).err().expect("the salt or the first page is broken")));
    assert!(school.bytes() == bytes);
}

fn open(school: &School) -> Result<Session, String> {
    Session::open(&school.path, school.lock.key().as_ref(), clock(), None).map_err(|error| error.to_string())
}

fn damage(sound: &[u8], chance: &mut Chance) -> (Vec<u8>, String) {
    let mut bytes = sound.to_vec();
    let pages = bytes.len() / PAGE;
    let what = match chance.below(6) {
        0 => {
            let (place, bit) = (chance.below(bytes.len()), chance.below(8));
            bytes[place] ^= 1 << bit;
            format!("bit {bit} of byte {place}")
        }
        1 => {
            let (place, length) = (chance.below(bytes.len()), chance.between(2, 600));
            let end = bytes.len().min(place + length);
            bytes[place..end].fill_with(|| chance.next() as u8);
            format!("noise from {place} to {end}")
        }
        2 => {
            let page = chance.below(pages);
            bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            format!("page {page} zeroed")
        }
        3 => {
            let length = chance.below(bytes.len());
            bytes.truncate(length);
            format!("cut to {length}")
        }
        4 => {
            let length = chance.below(pages) * PAGE;
            bytes.truncate(length);
            format!("cut to {length}, whole pages")
        }
        // The seal of a page covers its number.
        _ => {
            let (first, second) = (chance.below(pages), chance.below(pages));
            let copy = bytes[first * PAGE..(first + 1) * PAGE].to_vec();
            bytes.copy_within(second * PAGE..(second + 1) * PAGE, first * PAGE);
            bytes[second * PAGE..(second + 1) * PAGE].copy_from_slice(&copy);
            format!("pages {first} and {second} exchanged")
        }
    };
    (bytes, what)
}
