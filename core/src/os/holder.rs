//! Who holds files open.

/// A program that holds files open.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// Its name, as the system shows it.
    pub program: String,
    /// Whose session it runs in, as `DOMAIN\\name`; `None`: nobody's, or it cannot be told.
    pub user: Option<String>,
    /// The number of that session; `None`: a service's, or it cannot be told.
    pub session: Option<u32>,
}

impl From<&str> for Holder {
    fn from(program: &str) -> Self {
        Self { program: program.to_owned(), user: None, session: None }
    }
}

impl PartialEq<&str> for Holder {
    /// Whether it is that program, whoever runs it.
    fn eq(&self, program: &&str) -> bool {
        self.program == *program
    }
}
