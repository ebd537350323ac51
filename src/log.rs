//! What the program says of its work, for people or for programs that read logs, and where its last error was.

use crate::front_desk::fleet::{ErrorPlace, LastError};
use chrono::Utc;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Registry, fmt as lines};

/// The environment's word for what is said: the syntax of `tracing_subscriber`'s filter.
const FILTER: &str = "VESTIBULE_LOG";
/// The environment's word for how it is said.
const FORMAT: &str = "VESTIBULE_LOG_FORMAT";

/// How the program says what it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("write text or json".into()),
        }
    }
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

/// Begins to say on the standard error what the program does: as was asked for, else as the environment has it.
pub fn begin(asked: Option<LogFormat>) {
    let named = std::env::var(FORMAT).ok();
    let (format, unknown) = match (asked, named.as_deref().map(str::parse)) {
        (Some(asked), _) => (asked, false),
        (None, Some(Ok(named))) => (named, false),
        (None, Some(Err(_))) => (LogFormat::Text, true),
        (None, None) => (LogFormat::Text, false),
    };
    let filter = EnvFilter::try_from_env(FILTER).unwrap_or_else(|_| "warn,vestibule=info".into());
    let said: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Text => {
            Box::new(lines::layer().with_writer(std::io::stderr).with_target(false).with_filter(filter))
        }
        LogFormat::Json => Box::new(
            lines::layer().json().flatten_event(true).with_writer(std::io::stderr).with_filter(filter),
        ),
    };
    tracing_subscriber::registry().with(said).with(NotesErrors).init();
    if unknown {
        tracing::warn!("{FORMAT} is neither text nor json: text is written");
    }
}

static LAST_ERROR: Mutex<Option<LastError>> = Mutex::new(None);

/// Where and when this program had an error last.
pub fn last_error() -> Option<LastError> {
    *LAST_ERROR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes where errors are; never what they say.
pub struct NotesErrors;

impl<S: Subscriber> Layer<S> for NotesErrors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == Level::ERROR {
            let place = ErrorPlace::of_module(event.metadata().target());
            *LAST_ERROR.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(LastError { place, at: Utc::now() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_error_is_known_by_its_place_alone() {
        let subscriber = tracing_subscriber::registry().with(NotesErrors);
        tracing::subscriber::with_default(subscriber, || {
            tracing::error!(target: "vestibule::store::handle", "Maria Example could not be kept");
            tracing::warn!(target: "vestibule::link::kiosk_end", "the desk is away");
        });
        let last = last_error().unwrap();
        assert_eq!(last.place, ErrorPlace::Store);
        assert!(!format!("{last:?}").contains("Maria"));
    }

    #[test]
    fn formats_are_read_as_they_are_written() {
        for format in [LogFormat::Text, LogFormat::Json] {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        assert!("xml".parse::<LogFormat>().is_err());
    }
}
