//! The packages on a Debian of their own, as whoever looks after the machines meets them: installed, failing, upgraded,
//! removed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod appliance;
mod machine;

use machine::{BETTER, BROKEN, BROKEN_TABLES, GOOD, IN_USE, Machine, NEXT, Packages, repository};
use std::process::Command;

const DESK: &str = "/var/lib/vestibule/desk.db";
/// The desk answers for its health.
const HEALTHY: &str = "exec 3<>/dev/tcp/127.0.0.1/8320 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"ok\"' <&3";
/// What the clinic's file needs, as the package says when it is installed.
const CONFIGURE: &str =
    "install -m 640 -g vestibule /usr/share/doc/vestibule-desk/examples/clinic.toml /etc/vestibule/
    vestibule routines write /etc/vestibule/routines";

/// A machine with a desk that runs and is well.
fn with_desk(packages: &Packages) -> Machine {
    let machine = Machine::boot(packages);
    let said = machine.install("vestibule-desk", GOOD);
    for step in [
        "there is no /etc/vestibule/clinic.toml",
        "vestibule routines write",
        "systemctl start vestibule-desk",
    ] {
        assert!(said.contains(step), "what is to be done now was not said ({step}): {said}");
    }
    assert!(!machine.does("systemctl is-active vestibule-desk"), "it runs without a clinic");
    machine.must(CONFIGURE);
    // A trial is to end while the test waits, and so is a watchdog's patience.
    machine.must(
        "sed -i 's/^SETTLE_SECONDS=.*/SETTLE_SECONDS=3/' /etc/vestibule/desk.conf
         mkdir -p /etc/systemd/system/vestibule-desk.service.d
         printf '[Service]\nWatchdogSec=5\n' >/etc/systemd/system/vestibule-desk.service.d/test.conf
         systemctl daemon-reload
         systemctl start vestibule-desk",
    );
    machine.until("the desk's answer", HEALTHY);
    machine.until("the first version's trial", &well(GOOD));
    machine
}

fn well(version: &str) -> String {
    format!(
        "grep -qx {version} /var/lib/vestibule/upgrade-desk/well && [ ! -e /var/lib/vestibule/upgrade-desk/trial ]"
    )
}

fn process(machine: &Machine) -> String {
    machine.word("systemctl show --property MainPID --value vestibule-desk")
}

/// In which folder the program lies that runs: one is named as its version.
fn runs(machine: &Machine) -> String {
    machine.word("basename $(dirname $(readlink /proc/$(systemctl show --property MainPID --value vestibule-desk)/exe))")
}

fn identity(machine: &Machine) -> String {
    machine.word(&format!("sqlite3 -readonly {DESK} 'SELECT identity FROM store'"))
}

#[test]
fn an_installed_desk_comes_back_keeps_its_data_through_an_upgrade_and_is_gone_when_purged() {
    let packages = Packages::built();
    let machine = with_desk(&packages);
    assert_eq!(machine.word("stat -c '%a %U' /var/lib/vestibule"), "750 vestibule");
    assert_eq!(machine.word(&format!("stat -c '%U' {DESK}")), "vestibule");
    assert_eq!(machine.word("stat -c '%a %U %G' /etc/vestibule"), "750 root vestibule");
    assert!(
        !machine.does("runuser -u nobody -- cat /etc/vestibule/clinic.toml"),
        "everybody can read the link's key"
    );
    let store = identity(&machine);

    // Ended by force, and then hanging: both come back, the second when the watchdog has waited long enough.
    for signal in ["KILL", "STOP"] {
        let before = process(&machine);
        machine.must(&format!("kill -{signal} {before}"));
        machine.until(
            "another process",
            &format!("pid=$(systemctl show --property MainPID --value vestibule-desk); [ $pid != 0 ] && [ $pid != {before} ] && systemctl is-active vestibule-desk && {HEALTHY}"),
        );
    }
    assert!(
        machine.does("journalctl -u vestibule-desk | grep -q 'Watchdog timeout'"),
        "the watchdog did not end it"
    );

    machine.must("echo '# ours' >>/etc/vestibule/desk.conf");
    machine.install("vestibule-desk", BETTER);
    machine.until("the new version's trial", &well(BETTER));
    assert_eq!(runs(&machine), BETTER);
    assert_eq!(identity(&machine), store, "an upgrade has begun a new store");
    assert!(
        machine.does("grep -q '# ours' /etc/vestibule/desk.conf"),
        "an upgrade has replaced what was configured"
    );
    assert!(machine.does(&format!("[ $(cat /usr/lib/vestibule/desk/previous/version) = {GOOD} ]")));

    machine.must("apt-get remove -qq -y vestibule-desk");
    assert!(!machine.does("systemctl is-active vestibule-desk"));
    assert!(!machine.does("ls -d /usr/lib/vestibule /usr/bin/vestibule"), "the programs stayed");
    assert_eq!(identity(&machine), store, "removing the package has taken the data");
    assert!(machine.does("ls /etc/vestibule/clinic.toml"));

    machine.must("apt-get purge -qq -y vestibule-desk");
    for gone in [
        "/var/lib/vestibule",
        "/etc/vestibule",
        "/usr/lib/vestibule",
        "/etc/systemd/system/multi-user.target.wants/vestibule-desk.service",
    ] {
        assert!(!machine.does(&format!("ls -d {gone}")), "{gone} is still there after a purge");
    }
}

#[test]
fn a_version_that_does_not_become_well_gives_way_to_the_one_before_and_no_data_is_lost() {
    let packages = Packages::built();
    let machine = with_desk(&packages);
    let store = identity(&machine);
    let has = |file: &str, row: &str| {
        machine
            .word(&format!("sqlite3 -readonly {file} \"SELECT count(*) FROM progress WHERE name = '{row}'\""))
            == "1"
    };
    let went_back = |from: &str| {
        let told = "/var/lib/vestibule/went-back-desk.txt";
        machine.until(
            "the version before",
            &format!("grep -q 'went back from version {from} to {GOOD}' {told} && systemctl is-active vestibule-desk && {HEALTHY}"),
        );
        assert_eq!(runs(&machine), "previous");
        assert_eq!(identity(&machine), store);
        assert!(
            machine.does(&format!(
                "journalctl -u vestibule-desk --priority err | grep -q 'went back from version {from}'"
            )),
            "the journal does not say it"
        );
        machine.must(&format!("cat {told}"))
    };

    machine.install("vestibule-desk", BROKEN);
    let told = went_back(BROKEN);
    assert!(told.contains("nothing is lost"), "{told}");
    assert!(has(DESK, "broken"), "what was written before it failed is gone, though the tables are the same");

    // It stays away, also after a restart of the machine, until somebody says otherwise.
    machine.must("systemctl restart vestibule-desk");
    assert_eq!(runs(&machine), "previous");

    machine.install("vestibule-desk", BROKEN_TABLES);
    let told = went_back(BROKEN_TABLES);
    assert!(!has(DESK, "tables"), "the old program has tables that it does not know");
    assert!(has(DESK, "broken"), "what was there before the version began is gone");
    let aside = machine.word(&format!("ls {DESK}.of-{BROKEN_TABLES}.*Z"));
    assert!(told.contains(&aside), "nobody is told where the newer store is: {told}");
    assert!(has(&aside, "tables"), "what the newer version wrote is gone");

    // A good version settles it; what was put aside is spoken of until somebody has taken it away.
    machine.install("vestibule-desk", BETTER);
    machine.until("the new version's trial", &well(BETTER));
    assert_eq!(runs(&machine), BETTER);
    let status = "/usr/lib/vestibule/desk/keeper status";
    assert!(
        machine.does(&format!("{status} | grep -q {aside}")),
        "nobody is told any more of the store put aside"
    );
    machine.must(&format!("rm {aside} && systemctl restart vestibule-desk"));
    assert!(
        !machine.does(&format!("{status} | grep -q 'went back'")),
        "what is settled is told again and again"
    );
}

#[test]
fn a_kiosk_without_a_screen_says_so_restarts_the_machine_in_the_end_and_leaves_the_desk_alone() {
    let packages = Packages::built();
    let machine = with_desk(&packages);
    // The word of it is enough: this machine is to stay.
    machine.must(
        "mkdir -p /etc/systemd/system/vestibule-kiosk-last-resort.service.d
         printf '[Unit]\nSuccessAction=none\n' >/etc/systemd/system/vestibule-kiosk-last-resort.service.d/test.conf",
    );
    let said = machine.install("vestibule-kiosk", GOOD);
    assert!(!said.contains("there is no /etc/vestibule/clinic.toml"), "{said}");
    machine.until("the kiosk's words", "journalctl -u vestibule-kiosk | grep -q 'display'");
    let last = "journalctl -u vestibule-kiosk-last-resort";
    machine.until(
        "the last resort",
        &format!("{last} | grep -q 'the machine restarts (1 of at most 2 in a day)'"),
    );
    // As often as it may be, it has been restarted: now it waits, and the unit's failure starts the kiosk once more.
    let tries_again = machine.word(
        "runuser -u vestibule -- env REBOOTS_A_DAY=1 START_AGAIN_SECONDS=0 /usr/lib/vestibule/kiosk/keeper last-resort 2>&1 || echo fails",
    );
    assert!(
        tries_again.contains("It is started again in 0 seconds") && tries_again.ends_with("fails"),
        "{tries_again}"
    );

    // Each has its own program, and one may go without the other.
    assert!(machine.does("systemctl is-active vestibule-desk"));
    machine.must("apt-get purge -qq -y vestibule-kiosk");
    assert!(machine.does(HEALTHY), "purging the kiosk has ended the desk");
    assert!(machine.does(&format!("ls {DESK} /etc/vestibule/clinic.toml /usr/bin/vestibule")));
}

#[test]
fn an_upgraded_kiosk_goes_on_while_somebody_is_at_it_and_then_starts_the_new_version() {
    let packages = Packages::built();
    let machine = Machine::boot(&packages);
    machine.install("vestibule-kiosk", IN_USE);
    machine.must("touch /etc/vestibule/clinic.toml && systemctl start vestibule-kiosk");
    let process = "systemctl show --property MainPID --value vestibule-kiosk";
    let before = machine.word(process);

    machine.install("vestibule-kiosk", NEXT);
    machine.until("the word that it is to start anew", "[ -e /var/lib/vestibule/asked ]");
    assert_eq!(machine.word(process), before, "an upgrade has ended a kiosk that somebody is at");

    machine.must("touch /var/lib/vestibule/nobody");
    machine.until(
        "the new version",
        &format!("[ $(readlink /proc/$({process})/exe) = /usr/lib/vestibule/kiosk/{NEXT}/vestibule ]"),
    );
    assert!(
        !machine.does("journalctl -u vestibule-kiosk | grep -q Failed"),
        "what it was asked for counts as a failure"
    );
}

#[test]
fn units_may_do_what_they_need_and_nothing_more() {
    let packages = Packages::built();
    let machine = Machine::boot(&packages);
    machine.install("vestibule-desk", GOOD);
    machine.install("vestibule-kiosk", GOOD);
    // In tenths, as systemd-analyze counts exposure: 100 may do everything.
    for (unit, exposed_at_most) in [
        ("vestibule-desk", 15),
        ("vestibule-desk-well", 10),
        ("vestibule-desk-last-resort", 10),
        ("vestibule-kiosk", 20),
        ("vestibule-kiosk-well", 10),
        ("vestibule-kiosk-last-resort", 10),
    ] {
        machine.must(&format!(
            "systemd-analyze verify {unit}.service 2>&1 &&
             systemd-analyze security --offline=true --threshold={exposed_at_most} /lib/systemd/system/{unit}.service"
        ));
    }
}

#[test]
fn a_device_at_a_named_port_gets_its_name_and_nobody_else_speaks_to_it() {
    let packages = Packages::built();
    let machine = Machine::boot(&packages);
    machine.install("vestibule-kiosk", GOOD);
    // As whoever installs it does: the # away from one line. Where no USB port is, a terminal's line stands for one.
    machine.must(
        "mknod /dev/tty7 c 4 7
         sed -i 's/^#SUBSYSTEM==\"tty\",     KERNEL==\"ttyS0\",  /SUBSYSTEM==\"tty\", KERNEL==\"tty7\",/' /etc/udev/rules.d/59-vestibule-ports.rules
         grep -q '^SUBSYSTEM' /etc/udev/rules.d/59-vestibule-ports.rules",
    );
    let named = machine.must("udevadm test --action=add /sys/class/tty/tty7 2>&1");
    // 20 is dialout.
    for setting in ["LINK 'vestibule/printer'", "ID_MM_DEVICE_IGNORE=1", "gid=20, mode=0660"] {
        assert!(named.contains(setting), "{setting} is missing: {named}");
    }
    let complaint = named.lines().find(|line| line.contains("vestibule") && line.contains("Invalid"));
    assert_eq!(complaint, None, "a rule is not understood");
    let another = machine.must("udevadm test --action=add /sys/class/tty/tty8 2>&1");
    assert!(!another.contains("VESTIBULE_DEVICE") && !another.contains("ID_MM_DEVICE_IGNORE"), "{another}");
}

#[test]
fn a_program_for_another_machine_is_not_packed() {
    let other = if cfg!(target_arch = "aarch64") { "amd64" } else { "arm64" };
    let said = Command::new(repository().join("hardware/debian/build"))
        .args(["--arch", other, "--desk", "/bin/true", "--kiosk", "/bin/true"])
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && words.contains(&format!("this is no program for {other}")), "{words}");
}
