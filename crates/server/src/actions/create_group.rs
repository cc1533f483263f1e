use super::{Action, Context, Refusal, bad_request, create_conversation::found};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    limits,
    mutations::CreateGroup,
    rows::{ConversationKind, ConversationRow},
};

/// The UUID version of ids that follow from something: direct conversations have such.
const DERIVED: usize = 5;

/// Makes a group. Whoever asks owns it.
impl Action for CreateGroup {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        // Nobody may take the id that two other people's direct conversation will have.
        if self.conversation.0.get_version_num() == DERIVED {
            return Err(bad_request("This id is not for groups. Update Hearth and try again.").into());
        }
        if self.members.len() > limits::MEMBERS_PER_CHANGE_MAX {
            return Err(bad_request("A group begins with at most 500 people. Add the others afterwards.").into());
        }
        let row = ConversationRow {
            id: self.conversation,
            kind: ConversationKind::Group,
            name: self.name.clone(),
            topic: String::new(),
            shared_history: self.shared_history,
            created_at: context.now,
        };
        found(view, context, row, &self.members).await
    }
}
