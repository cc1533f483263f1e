use super::{Action, Context, Refusal, bad_request, set_status::change_account};
use crate::commit::{View, change::Performed};
use hearth_protocol::{
    mutations::SetPrivacy,
    profile::{PrivacyField, SeenBy},
    rows::AccountRow,
};

/// Says who sees something of a profile. What was told before is taken back by everybody's next question.
impl Action for SetPrivacy {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        if self.field == PrivacyField::Unknown || self.to == SeenBy::Unknown {
            return Err(bad_request("This server does not know that setting yet. Ask its owner to update it.").into());
        }
        change_account(view, context, |account| AccountRow { privacy: account.privacy.with(self.field, self.to), ..account }).await
    }
}
