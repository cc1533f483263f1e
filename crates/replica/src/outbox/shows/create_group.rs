use super::{Pending, Shows};
use hearth_protocol::mutations::CreateGroup;

impl Pending for CreateGroup {
    fn shows(&self) -> Shows {
        Shows::Group { group: self.group, name: self.name.clone() }
    }
}
