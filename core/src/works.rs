//! Whether a base works after an update: that its version changed is not enough.
//!
//! Looked at are what the machine says of the base now, settings included, and its data server. Deliberately not here:
//! documents, licences, and what 1С makes of it; those are seen when people work.

use serde::{Deserialize, Serialize};

use crate::machine;
use crate::os::Os;
use crate::server::Server;
use crate::version::Version;

/// How a base stands after an update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Works {
    /// Read back from the machine; `None`: the base cannot be read as one that is updated here.
    pub version: Option<Version>,
    /// Its data server.
    #[serde(flatten)]
    pub server: Server,
}

impl Works {
    /// Whether something of it is not as it should be. What was not looked at is not.
    pub fn is_bad(&self, expected: Version) -> bool {
        self.version != Some(expected) || self.server.is_bad()
    }
}

/// Looks at a base once its server has been started.
pub fn look(os: &dyn Os, base_id: &str, server: Server) -> Works {
    let base = machine::read_base(os, base_id).filter(machine::Base::is_managed);
    Works { version: base.and_then(|base| base.version), server }
}
