//! Who holds the file (faults row 8), and files that cannot be written (row 6).

use super::super::holder::side_file;
use super::*;

#[test]
fn a_second_opening_is_refused_with_the_holder_and_harms_nothing() {
    for key in [None, Some(raw_key())] {
        let mut bench = Bench::founded(key.clone());
        for _ in 0..2 {
            match Store::open(&bench.path, key.as_ref(), &holder()) {
                Err(StoreError::HeldByAnother(Some(other))) => assert_eq!(other, holder()),
                other => panic!("{other:?}"),
            }
            assert!(matches!(
                Store::open_read_only(&bench.path, key.as_ref()),
                Err(StoreError::HeldByAnother(_))
            ));
        }
        bench.execute(add_person("Орлов", GroupId(2))).expect("the first goes on");
        let register = bench.register.clone();
        assert_eq!(bench.reopened().register, register);
    }
}

/// Another process is played by SQLite alone, which knows nothing of this process's claims.
#[test]
fn the_lock_of_another_process_decides() {
    let (_folder, path) = Bench::founded(None).closed();
    let other = raw_connection(&path, None);
    other.execute_batch("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT").expect("locked");
    put_bytes(&side_file(&path), &serde_json::to_vec(&holder()).expect("json"));
    // The claim is by file, so the two connections of this one process do meet in SQLite's own lock.
    let error = refused(&path, None);
    assert!(matches!(&error, StoreError::HeldByAnother(Some(found)) if *found == holder()), "{error:?}");
    put_bytes(&side_file(&path), b"{ broken");
    assert!(matches!(refused(&path, None), StoreError::HeldByAnother(None)));
}

const HELD_FILE: &str = "SFERUM_TEST_HELD_FILE";

/// The other process of the next test; by itself it has no file to hold and does nothing.
#[test]
fn hold_until_killed() {
    let Some(path) = std::env::var_os(HELD_FILE) else { return };
    let _held = Store::open(Path::new(&path), None, &holder()).expect("opens");
    println!("held");
    std::thread::sleep(std::time::Duration::from_secs(60));
}

#[test]
fn a_real_other_process_holds_until_it_is_killed() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let bench = Bench::founded(None);
    let register = bench.register.clone();
    let (_folder, path) = bench.closed();
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "--nocapture", "store::tests::holding::hold_until_killed"])
        .env(HELD_FILE, &path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let held = lines.any(|line| line.expect("text").contains("held"));
    let while_held = Store::open(&path, None, &holder());
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(held);
    assert!(
        matches!(&while_held, Err(StoreError::HeldByAnother(Some(other))) if *other == holder()),
        "{while_held:?}"
    );
    assert!(side_file(&path).exists(), "the kill left the side file");
    let (_store, loaded) = Store::open(&path, None, &holder()).expect("a killed holder never blocks");
    assert_same(&loaded.register, &register);
}

#[test]
fn a_store_can_move_to_the_worker() {
    fn assert_send<T: Send>() {}
    assert_send::<Store>();
}

#[test]
fn the_side_file_of_a_killed_process_never_blocks() {
    let (folder, path) = Bench::founded(None).closed();
    put_bytes(&side_file(&path), &serde_json::to_vec(&holder()).expect("json"));
    let newer = Holder { pc: "КАБ-3".into(), ..holder() };
    let (store, _) = Store::open(&path, None, &newer).expect("opens");
    assert_eq!(super::super::holder::read(&path), Some(newer));
    drop(store);
    assert_eq!(names_in(folder.path()), ["школа.sferum"]);
}

#[test]
fn a_read_only_file_opens_from_a_copy_and_takes_nothing() {
    for key in [None, Some(raw_key())] {
        let bench = Bench::founded(key.clone());
        let register = bench.register.clone();
        let (folder, path) = bench.closed();
        let bytes = bytes_of(&path);
        let mut permissions = std::fs::metadata(&path).expect("metadata").permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).expect("marked");
        let (mut store, loaded) = Store::open(&path, key.as_ref(), &holder()).expect("opens to read");
        assert_eq!(loaded.register, register);
        assert!(store.read_only());
        let copy = store.private_copy.as_ref().expect("a private copy").path().to_path_buf();
        let changes = decide(&register, &add_person("Орлов", GroupId(2)), &context()).expect("decided");
        let outcome = store.append(&changes, &new_entry("x"), register.revision);
        assert!(matches!(outcome, Err(StoreError::ReadOnly)), "{outcome:?}");
        assert!(matches!(store.put_workspace("a", "b"), Err(StoreError::ReadOnly)));
        assert!(store.connection.execute("DELETE FROM remembered", []).is_err(), "query_only");
        assert_eq!(store.verify().expect("readable").problems, []);
        assert_eq!(names_in(folder.path()), ["школа.sferum"], "no holder is announced");
        drop(store);
        assert!(!copy.exists());
        assert!(bytes_of(&path) == bytes);
    }
}

/// Only an ordinary user is kept out by a folder's mode.
#[cfg(unix)]
#[test]
fn a_read_only_folder_opens_from_a_copy() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = Bench::founded(None).closed();
    let mode =
        |mode| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).expect("set");
    mode(0o500);
    let is_root = std::fs::File::create(folder.path().join("probe")).is_ok();
    let opened = Store::open(&path, None, &holder());
    mode(0o700);
    assert_eq!(opened.expect("opens").0.read_only(), !is_root);
}

/// A killed writer leaves a journal that must be rolled back, also where only reading is possible.
#[test]
fn a_hot_journal_is_rolled_back_at_opening() {
    for read_only in [false, true] {
        let bench = Bench::founded(None);
        let register = bench.register.clone();
        let (folder, path) = bench.closed();
        // A transaction spilled to the file and copied in mid-air is what a kill leaves.
        let killed = folder.path().join("убит.sferum");
        let journal = |path: &Path| super::super::holder::with_suffix(path, "-journal");
        {
            let writer = raw_connection(&path, None);
            writer.execute_batch("PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE; UPDATE person SET body = body || ' '").expect("begun");
            writer
                .execute_batch("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO remembered (id, body) SELECT i, hex(randomblob(200)) FROM n")
                .expect("spilled");
            put_bytes(&killed, &bytes_of(&path));
            put_bytes(&journal(&killed), &bytes_of(&journal(&path)));
            writer.execute_batch("ROLLBACK").expect("rolled back");
        }
        assert!(bytes_of(&killed) != bytes_of(&path), "the fault fired: pages were spilled");
        assert!(bytes_of(&journal(&killed)).starts_with(&[0xd9, 0xd5, 0x05, 0xf9]), "the journal is hot");
        let opened = if read_only {
            Store::open_read_only(&killed, None)
        } else {
            Store::open(&killed, None, &holder())
        };
        let (store, loaded) = opened.expect("opens");
        assert_eq!(loaded.register, register);
        assert_eq!(store.verify().expect("readable").problems, []);
    }
}
