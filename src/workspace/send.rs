//! The program of `remind.send`: whether this computer allows it, and when it gets the text.

use chrono::{DateTime, FixedOffset};

use super::Workspace;
use crate::error::Result;
use crate::rules::duties::reports::deadline;

impl Workspace {
    /// Whether this computer allows the program of `remind.send` as it stands in the settings. They are
    /// shared, so that what they name does not run before the person here has seen it.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn may_send(&self) -> Result<bool> {
        Ok(self.history.allowed_program()? == Some(self.send_as_text()))
    }

    /// Allows the program of `remind.send` on this computer.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn allow_send(&self) -> Result<()> {
        if self.settings.remind.send.is_empty() {
            Ok(())
        } else {
            self.history.allow_program(&self.send_as_text())
        }
    }

    fn send_as_text(&self) -> String {
        serde_json::to_string(&self.settings.remind.send).unwrap_or_default()
    }

    /// The moment of today at which people are reminded.
    pub fn reminds_at(&self) -> DateTime<FixedOffset> {
        deadline(&self.settings, self.today(), self.settings.remind.at())
    }
}
