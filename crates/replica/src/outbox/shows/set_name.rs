use super::{Pending, Shows};
use hearth_protocol::mutations::SetName;

impl Pending for SetName {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Name { first: self.first_name.trim().to_owned(), last: self.last_name.trim().to_owned() }
    }
}
