use super::{Pending, Shows};
use hearth_protocol::mutations::CreateGroup;

impl Pending for CreateGroup {
    // With it would come back whoever was taken out since: that is for its people to say.
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Group { group: self.group, name: self.name.clone() }
    }
}
