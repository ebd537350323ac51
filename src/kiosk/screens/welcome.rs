use super::{Choice, Devices, Speaker, Welcome};
use crate::clinic::Clinic;
use crate::kiosk::session::{Session, bookable, takes_payments};

pub(super) fn welcome(
    session: &Session,
    clinic: &Clinic,
    speaker: &Speaker<'_>,
    devices: Devices,
) -> Welcome {
    let companions = &clinic.routines.companions;
    let here_for = session.companion.as_deref().and_then(|id| clinic.routines.companion(id));
    Welcome {
        title: speaker.say("welcome-title"),
        prompt: speaker.say("welcome-prompt"),
        languages: languages(clinic, Some(session.language)),
        have_appointment: speaker.say("have-appointment"),
        appointments: if bookable(clinic).is_empty() { String::new() } else { speaker.say("appointments") },
        pay: if takes_payments(clinic, devices.terminal) { speaker.say("pay-bill") } else { String::new() },
        new_here: speaker.say("new-here"),
        need_help: speaker.say("need-help"),
        for_somebody_else: if companions.is_empty() {
            String::new()
        } else {
            speaker.say("for-somebody-else")
        },
        here_for: here_for.map_or_else(String::new, |companion| {
            let name = companion.name.text(speaker.language().code());
            speaker.say_with("here-for", &[("name", name.into())])
        }),
        scan_hint: if devices.scanner { speaker.say("scan-hint") } else { String::new() },
    }
}

/// The clinic's languages, each in its own script.
pub(super) fn languages(clinic: &Clinic, selected: Option<usize>) -> Vec<Choice> {
    let named = clinic.languages.iter().enumerate();
    named
        .map(|(position, code)| Choice {
            label: match clinic.words.language(code) {
                Some(language) => language.own_name().to_string(),
                None => code.clone(),
            },
            selected: selected == Some(position),
        })
        .collect()
}
