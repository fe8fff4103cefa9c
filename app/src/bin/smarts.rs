//! The command line. Everything it does lives in the library.

use std::io::{self, BufReader, IsTerminal as _};
use std::process::ExitCode;

use clap::Parser as _;
use smarts_core::os;
use smarts_updater::cli::{self, Cli, Streams};

fn main() -> ExitCode {
    // Wrong usage ends here, with clap's message and status 2.
    let cli = Cli::parse();
    let mut streams = Streams {
        out: &mut io::stdout().lock(),
        err: &mut io::stderr(),
        // Not a byte more than the answer: the rest is for an installer that asks too.
        input: &mut BufReader::with_capacity(1, os::standard_input()),
        is_terminal: io::stderr().is_terminal(),
        secret: (io::stdin().is_terminal() && io::stderr().is_terminal()).then_some(read_secret),
    };
    ExitCode::from(cli::run(cli, &mut streams) as u8)
}

fn read_secret() -> io::Result<String> {
    console::Term::stderr().read_secure_line()
}
