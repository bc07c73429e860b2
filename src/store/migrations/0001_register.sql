-- One table per kind of entity: the body is the entity's JSON, the columns beside it are its references,
-- made from the body in one place (rows.rs), so that SQLite itself keeps every reference whole.
CREATE TABLE organization (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE settings (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE unit (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE person (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE remembered (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;

CREATE TABLE school_group (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE chat (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    owner_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE membership (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE guardianship (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    adult_id INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    child_id INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE assignment (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    group_id INTEGER NOT NULL REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    person_id INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE invite (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    chat_id INTEGER REFERENCES chat (id) DEFERRABLE INITIALLY DEFERRED,
    issued_by_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    handed_to_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    delegated_to_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    replaced_by_id INTEGER REFERENCES invite (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    chat_id INTEGER REFERENCES chat (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE join_request (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    chat_id INTEGER REFERENCES chat (id) DEFERRABLE INITIALLY DEFERRED,
    person_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE movement (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    from_group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    to_group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE cabinet_task (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    group_id INTEGER REFERENCES school_group (id) DEFERRABLE INITIALLY DEFERRED,
    invite_id INTEGER REFERENCES invite (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE appeal (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    person_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- Without these the removal of one row would scan every table that refers to its kind, and undoing a
-- large import would take hours. Optional references are indexed only where they are.
CREATE INDEX school_group_unit ON school_group (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX chat_group ON chat (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX chat_owner ON chat (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX membership_person ON membership (person_id);
CREATE INDEX membership_group ON membership (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX guardianship_adult ON guardianship (adult_id);
CREATE INDEX guardianship_child ON guardianship (child_id);
CREATE INDEX assignment_group ON assignment (group_id);
CREATE INDEX assignment_person ON assignment (person_id);
CREATE INDEX invite_group ON invite (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX invite_chat ON invite (chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX invite_issued_by ON invite (issued_by_id) WHERE issued_by_id IS NOT NULL;
CREATE INDEX invite_handed_to ON invite (handed_to_id) WHERE handed_to_id IS NOT NULL;
CREATE INDEX invite_delegated_to ON invite (delegated_to_id) WHERE delegated_to_id IS NOT NULL;
CREATE INDEX invite_replaced_by ON invite (replaced_by_id) WHERE replaced_by_id IS NOT NULL;
CREATE INDEX observation_group ON observation (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX observation_chat ON observation (chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX join_request_group ON join_request (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX join_request_chat ON join_request (chat_id) WHERE chat_id IS NOT NULL;
CREATE INDEX join_request_person ON join_request (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX movement_person ON movement (person_id);
CREATE INDEX movement_from_group ON movement (from_group_id) WHERE from_group_id IS NOT NULL;
CREATE INDEX movement_to_group ON movement (to_group_id) WHERE to_group_id IS NOT NULL;
CREATE INDEX cabinet_task_person ON cabinet_task (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX cabinet_task_group ON cabinet_task (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX cabinet_task_invite ON cabinet_task (invite_id) WHERE invite_id IS NOT NULL;
CREATE INDEX appeal_person ON appeal (person_id) WHERE person_id IS NOT NULL;

-- The last id ever given out, per kind; never rolls back.
CREATE TABLE counter (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- When and by which program the file was made.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Drafts and paused work: not journalled, no effect on any rule.
CREATE TABLE workspace (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE journal_entry (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL, -- wall clock, milliseconds of Unix time
    day TEXT NOT NULL, -- the wall clock's civil day
    actor TEXT NOT NULL,
    code TEXT NOT NULL,
    details TEXT NOT NULL, -- JSON or ''
    undoes INTEGER REFERENCES journal_entry (number),
    changes INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX journal_entry_undoes ON journal_entry (undoes) WHERE undoes IS NOT NULL;

-- Only the fields that changed. Salt and payload are blanked when a person is erased; the hash stays.
CREATE TABLE journal_change (
    entry INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    part INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entity INTEGER NOT NULL,
    salt BLOB,
    payload TEXT,
    hash BLOB NOT NULL,
    PRIMARY KEY (entry, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_change_entity ON journal_change (kind, entity);
