use crate::{app::App, commit::Waiting, rates::Cost};
use hearth_protocol::{
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
    let wide = mutations.iter().filter(|mutation| matches!(mutation.intent, Intent::SetName(_))).count();
    app.rates().spend(user, Cost::Mutations { all: mutations.len(), wide })?;
    app.installation.committer.submit_mutations(user, mutations)
}

/// The same for what is taken back.
pub(crate) fn take_cancels(app: &App, user: UserId, ids: Vec<MutationId>) -> Result<Waiting, ApiError> {
    app.rates().spend(user, Cost::Mutations { all: ids.len(), wide: 0 })?;
    app.installation.committer.submit_cancels(user, ids)
}
