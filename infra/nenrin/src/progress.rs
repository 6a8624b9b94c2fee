//! Progress bars on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::Instant;

use batch::progress::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// Shows each step as a bar with the time left; where nobody watches, one line when it ends.
pub struct Bars {
    current: Mutex<Option<Step>>,
    quiet: bool,
}

struct Step {
    name: String,
    unit: String,
    bar: ProgressBar,
    began: Instant,
}

impl Bars {
    /// Quiet bars say nothing (for `--json`).
    pub fn new(quiet: bool) -> Bars {
        Bars { current: Mutex::new(None), quiet }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Option<Step>) -> T) -> T {
        act(&mut self.current.lock().expect("no thread panics while it holds the bar"))
    }
}

impl Progress for Bars {
    fn begin(&self, step: &str, total: u64, unit: &str) {
        let bar = if self.quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(total).with_style(style(unit))
        };
        bar.set_length(total);
        bar.set_message(step.to_owned());
        self.with(|current| {
            *current = Some(Step { name: step.to_owned(), unit: unit.to_owned(), bar, began: Instant::now() });
        });
    }

    fn advance(&self, amount: u64) {
        self.with(|current| current.iter().for_each(|step| step.bar.inc(amount)));
    }

    fn end(&self) {
        let Some(step) = self.with(Option::take) else { return };
        let done = step.bar.position();
        step.bar.finish_and_clear();
        if !self.quiet {
            let padding = " ".repeat(28_usize.saturating_sub(crate::output::columns(&step.name)));
            let count = format!("{}{}", crate::output::grouped(done), step.unit);
            let space = " ".repeat(16_usize.saturating_sub(crate::output::columns(&count)));
            eprintln!("  {}{padding}{space}{count}  {:.1}秒", step.name, step.began.elapsed().as_secs_f64());
        }
    }
}

fn style(unit: &str) -> ProgressStyle {
    ProgressStyle::with_template(&format!("  {{msg:<24}} {{bar:30}} {{human_pos}}/{{human_len}}{unit} 残り {{eta}}"))
        .expect("the template is ours")
}
