use super::*;
use crate::front_desk::patient::PatientId;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn at(minute: i64) -> DateTime<Utc> {
    "2026-11-30T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minute)
}

const CLINICIANS: [&str; 3] = ["Dr Chen", "Dr Okafor", "Nurse Ruiz"];
const SERVICES: [&str; 2] = ["general", "blood"];

fn appointment(number: u128, clinician: usize, service: usize, minute: i64, minutes: u16) -> Appointment {
    Appointment {
        id: AppointmentId(Uuid::from_u128(number)),
        patient: PatientId(Uuid::from_u128(number % 7)),
        service: SERVICES[service].into(),
        clinician: CLINICIANS[clinician].into(),
        starts_at: at(minute),
        minutes,
        status: AppointmentStatus::Booked,
        site: None,
    }
}

fn slot(clinician: usize, service: usize, minute: i64, minutes: u16) -> Slot {
    Slot {
        starts_at: at(minute),
        clinician: CLINICIANS[clinician].into(),
        service: SERVICES[service].into(),
        minutes,
        site: None,
    }
}

fn closure(clinicians: &[&str], from: i64, to: i64) -> BookClosure {
    BookClosure {
        id: ClosureId(Uuid::nil()),
        clinicians: clinicians.iter().map(ToString::to_string).collect(),
        from: at(from),
        to: at(to),
        reason: OwnWords::default(),
        by: "Maria".into(),
    }
}

#[test]
fn a_closure_concerns_whoever_it_touches_and_nobody_else() {
    let closed = closure(&["DR. CHEN"], 60, 120);
    for (clinician, minute, minutes, concerned) in [
        (0, 60, 15, true),
        (0, 105, 15, true),
        (0, 50, 15, true),
        (0, 45, 15, false),
        (0, 120, 15, false),
        (0, 60, 0, true),
        (1, 60, 15, false),
    ] {
        let there = appointment(1, clinician, 0, minute, minutes);
        assert_eq!(closed.concerns(&there), concerned, "{clinician} at {minute} for {minutes}");
        let off = Appointment { status: AppointmentStatus::Cancelled, ..there };
        assert!(!closed.concerns(&off));
    }
}

#[test]
fn the_next_free_time_of_the_service_is_proposed_and_the_own_clinician_comes_first() {
    let concerned =
        [appointment(1, 0, 0, 60, 15), appointment(2, 0, 0, 75, 15), appointment(3, 0, 1, 60, 10)];
    let free = [slot(0, 0, 30, 15), slot(1, 0, 90, 15), slot(0, 0, 90, 15), slot(0, 0, 120, 15)];
    let proposed = propose(&concerned, &free, |_, _| false);
    // Not the one before their own time; and blood is free nowhere.
    assert_eq!(proposed, [Some(slot(0, 0, 90, 15)), Some(slot(1, 0, 90, 15)), None]);
    let busy = |appointment: &Appointment, slot: &Slot| {
        appointment.id == concerned[0].id && slot.starts_at == at(90)
    };
    assert_eq!(propose(&concerned[..1], &free, busy), [Some(slot(0, 0, 120, 15))]);
}

fn appointments() -> impl Strategy<Value = Vec<Appointment>> {
    prop::collection::vec((0usize..3, 0usize..2, 0i64..48, 0u16..40), 0..30).prop_map(|all| {
        let numbered = (1u128..).zip(all);
        numbered
            .map(|(n, (who, what, quarter, long))| appointment(n, who, what, quarter * 15, long))
            .collect()
    })
}

fn slots() -> impl Strategy<Value = Vec<Slot>> {
    prop::collection::vec((0usize..3, 0usize..2, 0i64..120, 5u16..30), 0..60).prop_map(|all| {
        all.into_iter().map(|(who, what, tenth, long)| slot(who, what, tenth * 10, long)).collect()
    })
}

proptest! {
    /// Whatever a page sends: either every appointment concerned has its decision, once, or nothing is done at all.
    #[test]
    fn nobody_whom_a_closure_concerns_is_left_out(
        all in appointments(),
        shown in prop::collection::vec((any::<prop::sample::Index>(), 0u8..3, any::<bool>()), 0..40),
        (from, long) in (0i64..600, 1i64..400),
    ) {
        let closed = closure(&CLINICIANS[..2], from, from + long);
        let concerned: Vec<_> = all.iter().filter(|each| closed.concerns(each)).cloned().collect();
        let decided: Vec<Decided> = shown
            .iter()
            .filter(|_| !all.is_empty())
            .map(|(which, what, changed)| {
                let there = which.get(&all);
                Decided {
                    appointment: there.id,
                    from: there.starts_at + TimeDelta::minutes(i64::from(*changed)),
                    decision: match what {
                        0 => Decision::CallOff,
                        1 => Decision::LeaveOpen,
                        _ => Decision::Move { slot: slot(2, 0, 700, 15) },
                    },
                }
            })
            .collect();
        let ids = |all: &[Appointment]| all.iter().map(|each| each.id).collect::<Vec<_>>();
        match decide_for_all(&concerned, &decided) {
            Ok(done) => {
                let done: Vec<_> = done.into_iter().map(|(appointment, _)| appointment).collect();
                prop_assert_eq!(ids(&done), ids(&concerned));
            }
            Err(without) => prop_assert!(!without.is_empty()),
        }
        // And a page that has all of them right is never refused.
        let right: Vec<_> = concerned
            .iter()
            .map(|each| Decided { appointment: each.id, from: each.starts_at, decision: Decision::LeaveOpen })
            .collect();
        prop_assert!(decide_for_all(&concerned, &right).is_ok());
    }

    /// No two proposals take the same time of a clinician or of a patient, and each is free, later, and of its service.
    #[test]
    fn proposals_never_meet(concerned in appointments(), free in slots()) {
        let proposed = propose(&concerned, &free, |_, _| false);
        prop_assert_eq!(proposed.len(), concerned.len());
        let given: Vec<_> = concerned.iter().zip(&proposed).filter_map(|(a, s)| Some((a, s.as_ref()?))).collect();
        for (number, (appointment, slot)) in given.iter().enumerate() {
            prop_assert!(free.contains(slot));
            prop_assert_eq!(&slot.service, &appointment.service);
            prop_assert!(slot.starts_at >= appointment.starts_at);
            for (whose, other) in &given[number + 1..] {
                let meet = slot.starts_at < other.ends_at() && other.starts_at < slot.ends_at();
                prop_assert!(!meet || (slot.clinician != other.clinician && whose.patient != appointment.patient));
            }
        }
        // Whoever got nothing could have got nothing.
        let taken: BTreeSet<_> = given.iter().map(|(_, slot)| (*slot).clone()).collect();
        for (appointment, _) in concerned.iter().zip(&proposed).filter(|(_, slot)| slot.is_none()) {
            let could = free.iter().find(|slot| {
                slot.service == appointment.service
                    && slot.starts_at >= appointment.starts_at
                    && !taken.iter().any(|other| {
                        other.clinician == slot.clinician && slot.starts_at < other.ends_at() && other.starts_at < slot.ends_at()
                    })
                    && !given.iter().any(|(whose, other)| {
                        whose.patient == appointment.patient
                            && slot.starts_at < other.ends_at()
                            && other.starts_at < slot.ends_at()
                    })
            });
            prop_assert_eq!(could, None);
        }
    }
}
