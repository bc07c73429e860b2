//! What a path lies on: a network share must not be written to, a cloud folder deserves a warning
//! (faults rows 6 and 7).

use std::path::Path;

/// What is known of the medium of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Whether the file or its folder cannot be written.
    pub read_only: bool,
    pub kind: MediumKind,
}

/// Where a file lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediumKind {
    /// A disk of this computer, as far as can be told.
    Local,
    /// SMB, NFS and the like: their locks cannot be trusted.
    NetworkShare,
    /// A folder that a cloud program copies away, by the name of the program.
    CloudFolder(&'static str),
}

/// Parts of paths by which cloud folders are known, in lower case.
const CLOUD_FOLDERS: &[(&str, &str)] = &[
    ("яндекс.диск", "Яндекс Диск"),
    ("yandexdisk", "Яндекс Диск"),
    ("yandex.disk", "Яндекс Диск"),
    ("yandexdisk2", "Яндекс Диск"),
    ("облако mail.ru", "Облако Mail"),
    ("облако mail", "Облако Mail"),
    ("mail.ru cloud", "Облако Mail"),
    ("mail.ru облако", "Облако Mail"),
    ("сбердиск", "СберДиск"),
    ("sberdisk", "СберДиск"),
    ("cloud mail.ru", "Облако Mail"),
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("мой диск", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pclouddrive", "pCloud"),
    ("megasync", "MEGA"),
    ("syncthing", "Syncthing"),
];

/// File systems whose locks cannot be trusted. Not among them is 9p: by it Windows' own disks stand in WSL, and
/// the disks of the computer itself in sandboxes.
const NETWORK_FILE_SYSTEMS: &[&str] = &[
    "cifs",
    "smb2",
    "ceph",
    "fuse.ceph",
    "glusterfs",
    "fuse.glusterfs",
    "lustre",
    "beegfs",
    "ocfs2",
    "gfs2",
    "coda",
    "fuse.smbnetfs",
    "fuse.curlftpfs",
    "fuse.s3fs",
    "fuse.gcsfuse",
    "fuse.gvfs-fuse-daemon",
    "fuse.google-drive-ocamlfuse",
    "fuse.onedriver",
    "fuse.yandex-disk",
    "fuse.kio-fuse",
    "smb3",
    "smbfs",
    "nfs",
    "nfs4",
    "ncpfs",
    "afs",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
];

/// Says what a file (it need not exist yet) lies on. Looks only, writes nothing; when in doubt: local.
pub fn examine(path: &Path) -> Medium {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // Links are followed, so that a share behind a link is seen as one.
    let real = existing_part(&absolute)
        .and_then(|part| part.canonicalize().ok())
        .unwrap_or_else(|| absolute.clone());
    let mounts = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default()
    } else {
        String::new()
    };
    let mount = mount_of(&mounts, &real);
    // Windows writes a mapped drive («Z:») as the share it stands for, once it is asked for the real path.
    let kind = if is_network_path(&absolute)
        || is_network_path(&real)
        || mount.as_ref().is_some_and(|mount| mount.is_network())
    {
        MediumKind::NetworkShare
    } else if let Some(name) = cloud_folder(&absolute).or_else(|| cloud_folder(&real)) {
        MediumKind::CloudFolder(name)
    } else {
        MediumKind::Local
    };
    let marked =
        |path: &Path| std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
    let folder_marked = cfg!(unix) && absolute.parent().is_some_and(marked);
    Medium {
        read_only: marked(&absolute) || folder_marked || mount.is_some_and(|mount| mount.read_only),
        kind,
    }
}

fn existing_part(path: &Path) -> Option<&Path> {
    path.ancestors().find(|part| part.exists())
}

fn cloud_folder(path: &Path) -> Option<&'static str> {
    path.components().find_map(|component| {
        let part = component.as_os_str().to_string_lossy().to_lowercase();
        // «OneDrive - Школа 14», «YandexDisk-name», «Dropbox (Личный)».
        let follows = |rest: &str| rest.is_empty() || rest.starts_with([' ', '-', '(', '.', '_']);
        let known = CLOUD_FOLDERS.iter().find(|(known, _)| part.strip_prefix(known).is_some_and(follows));
        known.map(|(_, name)| *name)
    })
}

/// `\\server\share`, also in its verbatim form, and the mounts of GNOME in the user's session.
fn is_network_path(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let unc = text.strip_prefix(r"\\").is_some_and(|rest| match rest.strip_prefix(r"?\") {
        Some(verbatim) => verbatim.to_lowercase().starts_with(r"unc\"),
        None => !rest.starts_with('.'),
    });
    unc || text.contains("/gvfs/smb-share:") || text.contains("/gvfs/sftp:") || text.contains("/gvfs/dav:")
}

#[derive(Debug, PartialEq, Eq)]
struct Mount {
    file_system: String,
    read_only: bool,
}

impl Mount {
    fn is_network(&self) -> bool {
        NETWORK_FILE_SYSTEMS.contains(&self.file_system.as_str())
    }
}

/// The mount with the longest mount point above the path; of equal ones the last, which hides the others.
fn mount_of(mountinfo: &str, path: &Path) -> Option<Mount> {
    let mut best: Option<(usize, Mount)> = None;
    for line in mountinfo.lines() {
        // «36 35 98:0 /root /mount/point rw,noatime master:1 - ext3 /dev/root rw,errors=continue»
        let Some((before, after)) = line.split_once(" - ") else { continue };
        let fields: Vec<&str> = before.split(' ').collect();
        let (Some(point), Some(options)) = (fields.get(4), fields.get(5)) else { continue };
        let mut after = after.split(' ');
        let (Some(file_system), super_options) = (after.next(), after.nth(1).unwrap_or_default()) else {
            continue;
        };
        let point = unescaped(point);
        if !path.starts_with(&point) || best.as_ref().is_some_and(|(length, _)| *length > point.len()) {
            continue;
        }
        let says_read_only = |options: &str| options.split(',').any(|option| option == "ro");
        let read_only = says_read_only(options) || says_read_only(super_options);
        best = Some((point.len(), Mount { file_system: file_system.to_owned(), read_only }));
    }
    best.map(|(_, mount)| mount)
}

/// The kernel writes space, tab, newline and backslash in octal.
fn unescaped(point: &str) -> String {
    point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cloud_folders_are_known_by_parts_of_the_path() {
        let cases = [
            ("/home/a/Яндекс.Диск/школа.sferum", Some("Яндекс Диск")),
            ("/home/a/YandexDisk-ivanova/x", Some("Яндекс Диск")),
            ("/home/a/OneDrive - Школа 14/x", Some("OneDrive")),
            ("/home/a/Dropbox (Личный)/x", Some("Dropbox")),
            ("/home/a/Google Drive/x", Some("Google Drive")),
            ("/home/a/Облако Mail.ru/x", Some("Облако Mail")),
            ("/home/a/Облако Mail/x", Some("Облако Mail")),
            ("/home/a/Mail.Ru Cloud/x", Some("Облако Mail")),
            ("/home/a/ЯНДЕКС.ДИСК/x", Some("Яндекс Диск")),
            ("/home/a/Yandex.Disk.localized/x", Some("Яндекс Диск")),
            ("/home/a/СберДиск/x", Some("СберДиск")),
            ("/home/a/OneDrive/Документы/школа.sferum", Some("OneDrive")),
            ("/home/a/Мой диск/x", Some("Google Drive")),
            ("/home/a/Nextcloud/x", Some("Nextcloud")),
            ("/home/a/iCloud Drive/x", Some("iCloud Drive")),
            ("/home/a/Документы/x", None),
            ("/home/a/onedriver/x", None),
            ("/home/a/не dropbox/x", None),
        ];
        for (path, expected) in cases {
            assert_eq!(cloud_folder(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn network_paths_are_known() {
        let cases = [
            (r"\\server\share\a.sferum", true),
            (r"\\?\UNC\server\share\a", true),
            (r"\\?\C:\a", false),
            (r"\\.\pipe\a", false),
            (r"C:\a", false),
            ("/run/user/1000/gvfs/smb-share:server=a,share=b/x", true),
            ("/home/a/x", false),
        ];
        for (path, expected) in cases {
            assert_eq!(is_network_path(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn the_deepest_mount_decides() {
        let mountinfo = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
            40 22 0:40 / /mnt/общая\\040папка rw - cifs //server/share rw,vers=3.0\n\
            41 22 0:41 / /media/cd ro,nosuid - iso9660 /dev/sr0 ro\n\
            42 22 0:42 / /mnt/nfs rw master:3 - nfs4 server:/x rw\n\
            broken line\n";
        let cases = [
            ("/home/a", "ext4", false, false),
            ("/mnt/общая папка/школа", "cifs", true, false),
            ("/media/cd/a", "iso9660", false, true),
            ("/media/cdrom/a", "ext4", false, false),
            ("/mnt/nfs", "nfs4", true, false),
        ];
        for (path, file_system, network, read_only) in cases {
            let mount = mount_of(mountinfo, Path::new(path)).expect("the root holds everything");
            assert_eq!(
                (mount.file_system.as_str(), mount.is_network(), mount.read_only),
                (file_system, network, read_only),
                "{path}"
            );
        }
        assert_eq!(mount_of("", Path::new("/a")), None);
    }

    #[test]
    fn file_systems_are_told_apart_by_their_names() {
        let cases = [
            ("cifs", true),
            ("smb3", true),
            ("smbfs", true),
            ("nfs", true),
            ("nfs4", true),
            ("afs", true),
            ("davfs", true),
            ("fuse.sshfs", true),
            ("fuse.rclone", true),
            ("fuse.davfs2", true),
            ("fuse.gvfsd-fuse", true),
            ("ceph", true),
            ("fuse.glusterfs", true),
            ("ext4", false),
            ("btrfs", false),
            ("xfs", false),
            ("tmpfs", false),
            ("overlay", false),
            ("vfat", false),
            ("exfat", false),
            ("fuseblk", false),
            ("ntfs3", false),
            ("fuse.ntfs-3g", false),
            ("ecryptfs", false),
            ("9p", false),
            ("zfs", false),
        ];
        for (file_system, network) in cases {
            let line = format!("22 1 8:1 / / rw - {file_system} source rw");
            let mount = mount_of(&line, Path::new("/a")).expect("the root");
            assert_eq!(mount.is_network(), network, "{file_system}");
        }
    }

    #[test]
    fn a_file_marked_read_only_is_seen_as_such() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("школа.sferum");
        assert!(!examine(&path).read_only, "a file that is not there yet can be made");
        super::super::write_bytes_atomically(&path, b"x").expect("written");
        let mut permissions = std::fs::metadata(&path).expect("metadata").permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).expect("marked");
        assert!(examine(&path).read_only);
    }
}
