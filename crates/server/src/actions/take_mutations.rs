use crate::{app::App, commit::Waiting, rates::Cost};
use hearth_protocol::{
    body::Body,
    error::ApiError,
    ids::{MutationId, UserId},
    mutation::Mutation,
    mutations::Intent,
};

/// Queues what somebody wants to be done.
///
/// # Errors
/// `rate_limited` for the whole of it: then nothing is queued.
pub(crate) fn take_mutations(app: &App, user: UserId, mutations: Vec<Mutation>) -> Result<Waiting, ApiError> {
    let wide = mutations.iter().filter(|mutation| is_wide(&mutation.intent)).count();
    app.rates().spend(user, Cost::Mutations { all: mutations.len(), wide })?;
    app.installation.committer.submit_mutations(user, mutations)
}

/// Whether it may change a row of everybody's somewhere, however many they are.
fn is_wide(intent: &Intent) -> bool {
    match intent {
        Intent::SetName(_) | Intent::DeleteConversation(_) => true,
        Intent::SendMessage(message) => message.body.names_everyone(),
        Intent::EditMessage(edit) => edit.body.names_everyone(),
        Intent::ScheduleMessage(message) => message.body.names_everyone(),
        Intent::ChangeScheduled(change) => change.body.as_ref().is_some_and(Body::names_everyone),
        _ => false,
    }
}

/// The same for what is taken back.
pub(crate) fn take_cancels(app: &App, user: UserId, ids: Vec<MutationId>) -> Result<Waiting, ApiError> {
    app.rates().spend(user, Cost::Mutations { all: ids.len(), wide: 0 })?;
    app.installation.committer.submit_cancels(user, ids)
}
