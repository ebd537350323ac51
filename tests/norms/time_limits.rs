//! Nobody is hurried: WCAG 2.2.1 through the real session, with the shortest times that a clinic may write.

use std::time::Duration;
use uuid::Uuid;
use vestibule::clinic::{self, Clinic, EXAMPLE};
use vestibule::kiosk::session::{Event, Moment, Place, Presence, Session, Touch, step};

fn clinic(warn: u32, countdown: u32) -> Result<Clinic, String> {
    let text = EXAMPLE
        .replace("warn_after_seconds = 45", &format!("warn_after_seconds = {warn}"))
        .replace("countdown_seconds = 30", &format!("countdown_seconds = {countdown}"));
    assert!(text.contains(&format!("countdown_seconds = {countdown}")));
    clinic::read_text("clinic.toml", &text).map_err(|error| format!("{error:?}"))
}

/// Somebody at a kiosk whose clock is moved by hand.
struct Somebody<'a> {
    clinic: &'a Clinic,
    session: Session,
    at: Duration,
    happened: u128,
}

impl<'a> Somebody<'a> {
    fn at(clinic: &'a Clinic) -> Self {
        let moment = Self::moment(Duration::ZERO, 0);
        Self { clinic, session: Session::new(moment), at: Duration::ZERO, happened: 0 }
    }

    fn moment(at: Duration, happened: u128) -> Moment {
        let day: chrono::DateTime<chrono::Utc> = "2026-11-24T09:00:00Z".parse().unwrap();
        Moment { now: day + at, at, id: Uuid::from_u128(happened) }
    }

    fn does(&mut self, event: Event) {
        self.happened += 1;
        let place = Place { clinic: self.clinic, kiosk: "lobby" };
        let moment = Self::moment(self.at, self.happened);
        self.session = step(self.session.clone(), event, place, moment).0;
    }

    fn touches(&mut self, touch: Touch) {
        self.at += Duration::from_secs(1);
        self.does(Event::Touched(touch));
    }

    /// Does nothing until the warning comes; how much it leaves.
    fn is_warned(&mut self) -> Duration {
        for _ in 0..2_000 {
            self.at += Duration::from_millis(100);
            self.does(Event::Ticked);
            if let Presence::Warned(left) = self.session.presence(self.clinic) {
                return left;
            }
        }
        panic!("no warning comes");
    }

    /// Waits until so much of the countdown is left, and is still there.
    fn hesitates(&mut self, left: Duration) {
        while matches!(self.session.presence(self.clinic), Presence::Warned(now) if now > left) {
            self.at += Duration::from_millis(100);
            self.does(Event::Ticked);
        }
        assert!(
            matches!(self.session.presence(self.clinic), Presence::Warned(_)),
            "it ended before its time"
        );
    }

    fn screen(&self) -> String {
        let devices = (&self.clinic.kiosks[0]).into();
        format!("{:?}", vestibule::kiosk::screens::view(&self.session, self.clinic, devices).screen)
    }
}

/// Twelve times by one touch and twelve times by one key, each time at the last moment; and it changes nothing else.
#[test]
fn the_warning_leaves_twenty_seconds_and_is_answered_as_often_as_wanted() {
    let clinic = clinic(10, 20).unwrap();
    let begins: [(&str, &[Touch]); 4] = [
        ("identification", &[Touch::HaveAppointment]),
        ("registration", &[Touch::NewHere]),
        ("help", &[Touch::NeedHelp]),
        ("a case", &[Touch::NeedHelp, Touch::MyCase]),
    ];
    for (what, touches) in begins {
        for answer in [Event::Touched(Touch::StillHere), Event::Typed('x')] {
            let mut somebody = Somebody::at(&clinic);
            touches.iter().for_each(|touch| somebody.touches(*touch));
            let before = somebody.screen();
            for time in 1..=12 {
                let left = somebody.is_warned();
                let least = Duration::from_millis(19_900);
                assert!(left >= least, "{what}: {left:?} are left at the {time}. warning");
                somebody.hesitates(Duration::from_millis(200));
                somebody.does(answer.clone());
                assert_eq!(somebody.session.presence(&clinic), Presence::There, "{what}, {time}. time");
                assert_eq!(somebody.screen(), before, "{what}: {answer:?} did something else");
            }
        }
    }
}

#[test]
fn a_clinic_cannot_write_a_shorter_warning() {
    assert!(clinic(10, 20).is_ok());
    let refused = clinic(10, 19).unwrap_err();
    assert!(refused.contains("too short for many people"), "{refused}");
}
