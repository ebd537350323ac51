//! What staff order a kiosk to do.

use crate::clinic::Clinic;
use crate::desk::action::{Done, conflict, decide, known_kiosk, parsed, wrong};
use crate::desk::language::sentence;
use crate::desk::people::Signed;
use crate::desk::{Desk, Refusal};
use crate::front_desk::fleet::{ClosedNotice, KioskOrder, KioskOrderId};
use crate::front_desk::role::Permission;
use crate::link::fact::FactKind;
use axum::body::Bytes;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What the page sends.
#[derive(Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
enum Asked {
    TakeOutOfService {
        /// Id of a text of the routines; none for the words written here, or for none at all.
        #[serde(default)]
        text: Option<String>,
        /// By language.
        #[serde(default)]
        words: BTreeMap<String, String>,
        #[serde(default)]
        at_once: bool,
    },
    BackInService,
    Restart,
    ReadConfiguration,
    PrintTestPage,
    Examine,
}

impl Asked {
    fn read(self, clinic: &Clinic) -> Result<KioskOrder, Refusal> {
        Ok(match self {
            Self::TakeOutOfService { text, words, at_once } => {
                let words = match text {
                    None => words,
                    Some(id) => {
                        let known = clinic.routines.closed_texts.iter().find(|closed| closed.id == id);
                        let Some(known) = known else {
                            return Err(wrong("The routines have no such text any more: reload the page."));
                        };
                        let said =
                            |language: &String| (language.clone(), known.text.text(language).to_string());
                        clinic.languages.iter().map(said).collect()
                    }
                };
                let notice = ClosedNotice::parse(&words, &clinic.languages);
                KioskOrder::TakeOutOfService {
                    notice: notice.map_err(|error| wrong(error.to_string()))?,
                    at_once,
                }
            }
            Self::BackInService => KioskOrder::BackInService,
            Self::Restart => KioskOrder::Restart,
            Self::ReadConfiguration => KioskOrder::ReadConfiguration,
            Self::PrintTestPage => KioskOrder::PrintTestPage,
            Self::Examine => KioskOrder::Examine,
        })
    }
}

/// `POST /api/fleet/{kiosk}/orders`: a kiosk is to do something. The same order is not given twice while the first
/// one waits; one that can be seen to make no sense is refused.
pub async fn order(
    who: Signed,
    State(desk): State<Arc<Desk>>,
    Path(kiosk): Path<String>,
    body: Bytes,
) -> Done {
    who.may(Permission::Fleet)?;
    let clinic = desk.clinic.now();
    known_kiosk(&clinic, &kiosk)?;
    let what = parsed::<Asked>(&body)?.read(&clinic)?;
    if what == KioskOrder::PrintTestPage && clinic.kiosk(&kiosk).is_some_and(|kiosk| kiosk.printer.is_none())
    {
        return Err(conflict("This kiosk has no printer."));
    }
    let (by, now) = (who.name.clone(), Utc::now());
    decide(&desk, &who, move |store| {
        let waits = store
            .kiosk_orders_since(oldest_waiting(now))?
            .into_iter()
            .find(|order| order.kiosk == kiosk && order.end.is_none() && order.what.id() == what.id());
        if let Some(waits) = waits.filter(|waits| !hurries(&waits.what, &what)) {
            return Ok(Err(conflict(
                sentence("{by} has ordered this already; the kiosk has not done it yet.")
                    .with("by", &waits.by),
            )));
        }
        let id = KioskOrderId(Uuid::now_v7());
        store.commit(vec![FactKind::KioskOrdered { id, kiosk, by, what }], now)?;
        Ok(Ok(()))
    })
    .await
}

fn oldest_waiting(now: DateTime<Utc>) -> DateTime<Utc> {
    now - KioskOrder::GOOD_FOR
}

/// Whether an order that waits for the patient to be done is now to be carried out at once.
fn hurries(waiting: &KioskOrder, now: &KioskOrder) -> bool {
    matches!(
        (waiting, now),
        (
            KioskOrder::TakeOutOfService { at_once: false, .. },
            KioskOrder::TakeOutOfService { at_once: true, .. }
        )
    )
}
