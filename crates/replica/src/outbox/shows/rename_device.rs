use super::{Pending, Shows};
use hearth_protocol::mutations::RenameDevice;

impl Pending for RenameDevice {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::DeviceName(self.device, self.name.trim().to_owned())
    }
}
