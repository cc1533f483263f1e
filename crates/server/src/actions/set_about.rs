use super::{Action, Context, Refusal, bad_request, set_status::change_account};
use crate::commit::{View, change::Performed};
use hearth_protocol::{limits, mutations::SetAbout, rows::AccountRow};

/// Says who somebody is, to everybody who is told of their profile.
impl Action for SetAbout {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let about = self.text.trim();
        if about.chars().count() > limits::ABOUT_CHARS_MAX || about.chars().any(|c| c.is_control() && c != '\n') {
            return Err(bad_request("What you say about yourself is at most 500 characters, in plain lines.").into());
        }
        change_account(view, context, |account| AccountRow { about: about.to_owned(), ..account }).await
    }
}
