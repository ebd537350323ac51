//! Whether the disk of a store has become read-only: Linux makes an ext4 that, when its device fails. Nobody can write to
//! it then until the machine is started again, and each writer is told of nothing but an error.

use std::path::Path;

/// Whether the file system that holds a path is read-only. Where that cannot be known, it is not.
pub(crate) fn is_read_only(path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    std::fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| is_read_only_in(&mounts, &path))
}

/// The same, by the list of mounts (proc_pid_mountinfo(5)). What statvfs says of an ext4 that has failed differs between
/// versions of Linux; here it stands in all of them.
fn is_read_only_in(mounts: &str, path: &Path) -> bool {
    let mounts = mounts.lines().filter_map(|line| {
        let (mount, system) = line.split_once(" - ")?;
        let mut mount = mount.split(' ').skip(4);
        let (point, own) = (unescaped(mount.next()?), mount.next()?);
        let of_the_system = system.split(' ').nth(2)?;
        path.starts_with(&point).then_some((point.len(), own, of_the_system))
    });
    // Of two at one point the later one lies on top.
    let nearest = mounts.max_by_key(|(length, ..)| *length);
    nearest.is_some_and(|(_, own, of_the_system)| {
        own.split(',').chain(of_the_system.split(',')).any(|option| matches!(option, "ro" | "emergency_ro"))
    })
}

/// A mount point as it is called: blanks and the like stand in the list as octal numbers.
fn unescaped(point: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(point.to_string(), |point, (escaped, character)| point.replace(escaped, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_says_whether_a_store_can_be_written() {
        let mounts = "\
            22 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n\
            30 22 7:0 / /var/lib/a\\040clinic rw,relatime shared:1 - ext4 /dev/loop0 rw,errors=remount-ro,emergency_ro\n\
            31 22 7:1 / /var/lib/old rw,relatime - ext4 /dev/loop1 ro,errors=remount-ro\n\
            32 22 7:2 / /mnt ro,relatime - ext4 /dev/loop2 rw\n\
            33 32 7:3 / /mnt rw,relatime - ext4 /dev/loop3 rw\n";
        for (path, read_only) in [
            ("/var/lib/a clinic/kiosk-lobby.db", true),
            ("/var/lib/old", true),
            ("/var/lib/older", false),
            ("/var/lib/vestibule", false),
            ("/mnt/data", false),
        ] {
            assert_eq!(is_read_only_in(mounts, Path::new(path)), read_only, "{path}");
        }
        assert!(!is_read_only_in("what nobody understands", Path::new("/")));
        assert!(!is_read_only(&std::env::temp_dir()));
    }
}
