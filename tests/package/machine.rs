//! A Debian 12 of its own to install the packages in: with systemd as its first process, in namespaces of its own, on a
//! layer above a root that is made once.

use std::fs::{self, File};
use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// The longest that anything may take that must come. A version on trial is started three times.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program that is packed: the one that was just built, or another one, such as one that is to be delivered.
fn program() -> PathBuf {
    std::env::var_os("VESTIBULE_PACKED").map_or_else(|| env!("CARGO_BIN_EXE_vestibule").into(), PathBuf::from)
}

/// What this test needs of the machine it runs on, and cannot do without.
fn demand_tools() {
    let missing: Vec<&str> = [
        ("debootstrap", "debootstrap"),
        ("systemd-nspawn", "systemd-container"),
        ("dh", "debhelper"),
        ("dpkg-buildpackage", "dpkg-dev"),
    ]
    .into_iter()
    .filter(|(tool, _)| {
        !["/usr/bin", "/usr/sbin", "/bin", "/sbin"].iter().any(|folder| Path::new(folder).join(tool).exists())
    })
    .map(|(_, package)| package)
    .collect();
    assert!(
        missing.is_empty(),
        "the packages are tried in a Debian of its own, for which this machine lacks: apt-get install {}",
        missing.join(" ")
    );
    let root = Command::new("id").arg("-u").output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&root.stdout).trim(),
        "0",
        "the packages are tried in a Debian of its own, which only root can make and start: run the tests as root"
    );
}

/// Runs something to its end; what it says is told only where it fails.
fn must(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{said}", output.status);
    said
}

/// The packages that the tests install, made once for all of them and again when something in them has changed.
pub struct Packages {
    folder: PathBuf,
    root: PathBuf,
}

/// A version that works.
pub const GOOD: &str = "1.0.0";
/// Ends at once, after it has written to the store.
pub const BROKEN: &str = "1.1.0";
/// The same, and has changed the tables before.
pub const BROKEN_TABLES: &str = "1.2.0";
/// Differs from the good one in nothing but its number.
pub const BETTER: &str = "1.3.0";
/// A kiosk that draws nothing, with somebody at it until there is a file `nobody` in its folder. Asked to start anew
/// (SIGHUP) it makes a file `asked`, and ends as the program does when nobody is there.
pub const IN_USE: &str = "2.0.0";
/// The same, to replace it.
pub const NEXT: &str = "2.1.0";
const IN_USE_SOURCE: &str = r#"
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
static volatile sig_atomic_t asked;
static void ask(int hangup) { (void)hangup; asked = 1; }
int main(void) {
  struct sockaddr_un manager = {.sun_family = AF_UNIX};
  int notify = socket(AF_UNIX, SOCK_DGRAM, 0);
  strncpy(manager.sun_path, getenv("NOTIFY_SOCKET"), sizeof manager.sun_path - 1);
  signal(SIGHUP, ask);
  for (const char *word = "READY=1";; word = "WATCHDOG=1") {
    sendto(notify, word, strlen(word), 0, (struct sockaddr *)&manager, sizeof manager);
    if (asked) close(open("/var/lib/vestibule/asked", O_CREAT | O_WRONLY, 0600));
    if (asked && access("/var/lib/vestibule/nobody", F_OK) == 0) return 75;
    usleep(100000);
  }
}
"#;

impl Packages {
    pub fn built() -> Self {
        demand_tools();
        let target = repository().join("target");
        let (folder, root) = (target.join("package-tests"), target.join("debian-root"));
        fs::create_dir_all(&folder).unwrap();
        // Each test is a process of its own, and all of them begin at once.
        let lock = File::create(folder.join("lock")).unwrap();
        lock.lock().unwrap();
        must(Command::new(repository().join("tests/package/make-root")).arg(&root));
        let key = key();
        if fs::read_to_string(folder.join("key")).ok().as_ref() != Some(&key) {
            let _ = fs::remove_file(folder.join("key"));
            build(&folder);
            fs::write(folder.join("key"), key).unwrap();
        }
        Self { folder, root }
    }
}

/// Tells whether the packages are those of today.
fn key() -> String {
    let mut parts = vec![program()];
    for folder in ["hardware/debian", "hardware/systemd", "hardware/udev", "tests/package"] {
        parts.extend(fs::read_dir(repository().join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    parts.sort();
    let told = |path: &PathBuf| {
        let about = fs::metadata(path).unwrap();
        let changed = about.modified().unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        format!("{} {} {}\n", path.display(), about.len(), changed.as_nanos())
    };
    parts.iter().map(told).collect()
}

fn build(folder: &Path) {
    // Without what helps with finding faults: it is half of the program, and would be copied ten times.
    let small = folder.join("vestibule");
    must(Command::new("strip").arg("-o").arg(&small).arg(program()));
    let builder = repository().join("hardware/debian/build");
    let pack = |version: &str, arguments: &[&Path]| {
        let mut command = Command::new(&builder);
        command.args(["--quick", "--version", version, "--output"]).arg(folder).args(arguments);
        must(&mut command);
    };
    pack(GOOD, &["--desk".as_ref(), &small, "--kiosk".as_ref(), &small]);
    pack(BETTER, &["--only".as_ref(), "desk".as_ref(), "--desk".as_ref(), &small]);
    let compiled = |name: &str, code: &str| {
        let (program, source) = (folder.join(name), folder.join(format!("{name}.c")));
        fs::write(&source, code).unwrap();
        must(Command::new("cc").arg("-o").arg(&program).arg(&source));
        program
    };
    let in_use = compiled("in-use", IN_USE_SOURCE);
    for version in [IN_USE, NEXT] {
        pack(version, &["--only".as_ref(), "kiosk".as_ref(), "--kiosk".as_ref(), &in_use]);
    }
    for (version, script) in [
        (BROKEN, "INSERT OR REPLACE INTO progress (name, value) VALUES ('broken', 1);"),
        (
            BROKEN_TABLES,
            "INSERT OR REPLACE INTO progress (name, value) VALUES ('tables', 1); PRAGMA user_version = 999;",
        ),
    ] {
        let query = format!("sqlite3 /var/lib/vestibule/desk.db \"{script}\"; exit 1");
        let program = compiled(
            "broken",
            &format!(
                "#include <unistd.h>\nint main() {{ return execl(\"/bin/sh\", \"sh\", \"-c\", {query:?}, (char *)0); }}\n"
            ),
        );
        pack(version, &["--only".as_ref(), "desk".as_ref(), "--desk".as_ref(), &program]);
    }
}

/// A machine that runs until it is dropped.
pub struct Machine {
    child: Child,
    /// Its first process, as this machine numbers it.
    first: String,
    work: tempfile::TempDir,
}

impl Machine {
    pub fn boot(packages: &Packages) -> Self {
        // Beside the root: a layer has to be on a disk that takes one.
        let work = tempfile::Builder::new().prefix("machine-").tempdir_in(&packages.folder).unwrap();
        let log = File::create(work.path().join("console")).unwrap();
        let child = Command::new("setpriv")
            // Nothing stays behind, also when the tests are ended by force.
            .args(["--pdeathsig", "KILL", "unshare", "--mount", "--mount-proc", "--pid", "--fork"])
            .arg("--kill-child=SIGKILL")
            .arg(repository().join("tests/package/boot"))
            .args([&packages.root, work.path(), &packages.folder])
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut machine = Self { child, first: String::new(), work };
        let began = Instant::now();
        loop {
            machine.first = machine.first_process().unwrap_or_default();
            if !machine.first.is_empty()
                && machine.does("systemctl is-system-running | grep -qE 'running|degraded'")
            {
                return machine;
            }
            let ended = machine.child.try_wait().unwrap();
            assert!(
                ended.is_none() && began.elapsed() < PATIENCE,
                "the machine did not start ({ended:?}): {}",
                fs::read_to_string(machine.work.path().join("console")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// The child of nspawn, which is the child of what made the namespaces.
    fn first_process(&self) -> Option<String> {
        let child_of = |pid: &str| {
            let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).ok()?;
            children.split_whitespace().next().map(String::from)
        };
        child_of(&child_of(&self.child.id().to_string())?)
    }

    fn command(&self, script: &str) -> Command {
        let mut command = Command::new("nsenter");
        command
            .args(["--target", &self.first, "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--"])
            .args([
                "/usr/bin/env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "DEBIAN_FRONTEND=noninteractive",
            ])
            .args(["/bin/bash", "-c", script]);
        command
    }

    /// Does it, and tells what it said.
    pub fn must(&self, script: &str) -> String {
        must(&mut self.command(script))
    }

    /// Whether it can be done.
    pub fn does(&self, script: &str) -> bool {
        let mut command = self.command(script);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    }

    /// Waits until it can be done. What never comes is named, with what the journal has.
    pub fn until(&self, what: &str, script: &str) {
        let began = Instant::now();
        while !self.does(script) {
            assert!(
                began.elapsed() < PATIENCE,
                "{what} did not come within {} s:\n{}",
                PATIENCE.as_secs(),
                self.must(
                    "journalctl --no-pager --lines 60; systemctl --no-pager status 'vestibule*' || true"
                )
            );
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// A package as somebody installs it who has its file.
    pub fn install(&self, package: &str, version: &str) -> String {
        self.must(&format!("apt-get install -qq -y --no-install-recommends /packages/{package}_{version}_$(dpkg --print-architecture).deb 2>&1"))
    }

    /// One word or line that something says.
    pub fn word(&self, script: &str) -> String {
        self.must(script).trim().to_string()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // With it ends all that it has started.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The group that `boot` has made, where it has: the kernel may still be at those who were in it.
        let name = self.work.path().file_name().unwrap_or_default().to_string_lossy();
        for hierarchy in ["/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"] {
            let group = Path::new(hierarchy).join(format!("vestibule-{name}"));
            let began = Instant::now();
            while group.exists() && began.elapsed() < PATIENCE {
                let inner = Command::new("find").arg(&group).args(["-depth", "-type", "d"]).output();
                for inner in inner.iter().flat_map(|found| found.stdout.lines()).flatten() {
                    let _ = fs::remove_dir(inner);
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}
