use super::{Pending, Shows};
use hearth_protocol::{mutations::SetStatus, profile::PersonStatus};

impl Pending for SetStatus {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        let text = self.text.trim();
        Shows::Status((!text.is_empty()).then(|| PersonStatus { text: text.to_owned(), until: self.until }))
    }
}
