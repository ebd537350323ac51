//! Prometheus' text format 0.0.4: a help line, a type line, then a line for each sample.

use std::fmt::Write as _;

/// What a family of figures is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
}

/// How many of something lay under each of some bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    bounds: &'static [f64],
    /// For each bound those under it and over the one before; the last are those over all.
    counts: Vec<u64>,
    sum: f64,
}

impl Histogram {
    /// One that has seen nothing.
    pub fn new(bounds: &'static [f64]) -> Self {
        Self { bounds, counts: vec![0; bounds.len() + 1], sum: 0.0 }
    }

    /// Takes a value.
    pub fn take(&mut self, value: f64) {
        let place = self.bounds.iter().position(|bound| value <= *bound).unwrap_or(self.bounds.len());
        self.counts[place] += 1;
        self.sum += value;
    }
}

/// A text in the making.
#[derive(Default)]
pub struct Exposition(String);

/// Labels with their values.
pub type Labels<'a> = [(&'a str, &'a str)];

impl Exposition {
    /// A family with its samples.
    pub fn family<'a>(
        &mut self,
        name: &str,
        kind: Kind,
        help: &str,
        samples: impl IntoIterator<Item = (Vec<(&'a str, &'a str)>, f64)>,
    ) {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
        };
        self.head(name, kind, help);
        for (labels, value) in samples {
            self.sample(name, &labels, value);
        }
    }

    /// A family of histograms.
    pub fn histograms<'a>(
        &mut self,
        name: &str,
        help: &str,
        histograms: impl IntoIterator<Item = (Vec<(&'a str, &'a str)>, &'a Histogram)>,
    ) {
        self.head(name, "histogram", help);
        let (bucket, sum, count) = (format!("{name}_bucket"), format!("{name}_sum"), format!("{name}_count"));
        for (labels, histogram) in histograms {
            let mut under = 0;
            let bounds = histogram.bounds.iter().map(ToString::to_string).chain(["+Inf".to_string()]);
            for (bound, counted) in bounds.zip(&histogram.counts) {
                under += counted;
                let mut labels = labels.clone();
                labels.push(("le", &bound));
                self.sample(&bucket, &labels, under as f64);
            }
            self.sample(&sum, &labels, histogram.sum);
            self.sample(&count, &labels, under as f64);
        }
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let help = help.replace('\\', "\\\\").replace('\n', "\\n");
        // Writing into a String cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn sample(&mut self, name: &str, labels: &Labels<'_>, value: f64) {
        self.0.push_str(name);
        for (position, (label, value)) in labels.iter().enumerate() {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{}{label}=\"{value}\"", if position == 0 { '{' } else { ',' });
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        let _ = writeln!(self.0, " {value}");
    }

    /// All of it.
    pub fn text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_the_format_has_them() {
        let mut text = Exposition::default();
        text.family("a_total", Kind::Counter, "Things\\ that\nhappen.", [(vec![], 3.0)]);
        text.family("b", Kind::Gauge, "Kiosks.", [(vec![("kiosk", "the \"big\"\\\none"), ("of", "x")], 0.5)]);
        let mut histogram = Histogram::new(&[0.1, 1.0]);
        for value in [0.05, 0.1, 0.5, 7.0] {
            histogram.take(value);
        }
        text.histograms("c_seconds", "Times.", [(vec![("route", "/")], &histogram)]);
        assert_eq!(
            text.text(),
            "# HELP a_total Things\\\\ that\\nhappen.\n# TYPE a_total counter\na_total 3\n\
             # HELP b Kiosks.\n# TYPE b gauge\nb{kiosk=\"the \\\"big\\\"\\\\\\none\",of=\"x\"} 0.5\n\
             # HELP c_seconds Times.\n# TYPE c_seconds histogram\n\
             c_seconds_bucket{route=\"/\",le=\"0.1\"} 2\nc_seconds_bucket{route=\"/\",le=\"1\"} 3\n\
             c_seconds_bucket{route=\"/\",le=\"+Inf\"} 4\nc_seconds_sum{route=\"/\"} 7.65\nc_seconds_count{route=\"/\"} 4\n"
        );
    }
}
