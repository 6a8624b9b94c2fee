//! The night in a process of its own, so that tests can kill it: `night-runner run|resume URL DATE FOLDER`.

use std::path::Path;
use std::process::ExitCode;

use batch::night::{self, NightOptions};
use batch::progress::Silent;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, action, url, day, folder] = arguments.as_slice() else {
        eprintln!("night-runner run|resume URL DATE FOLDER");
        return ExitCode::from(2);
    };
    let options = NightOptions {
        people_per_partition: 400,
        pieces_per_lot: 60,
        older_transactions_seconds_max: 60,
        ..NightOptions::new(url, day.parse().expect("a date"), Path::new(folder))
    };
    let answer = if action == "resume" { night::resume(&options, &Silent) } else { night::run(&options, &Silent) };
    match answer {
        Ok(summary) => {
            println!("{}", summary.to_json());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("[{}] {error}", error.code());
            ExitCode::FAILURE
        }
    }
}
