use super::{Pending, Shows};
use hearth_protocol::mutations::CreateCollection;

impl Pending for CreateCollection {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
