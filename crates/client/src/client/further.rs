//! Search on the server, of what is not on this computer yet.

use super::{Client, search::hit, server::needs_server};
use crate::{
    engine::wall_ms,
    view::{FurtherPage, Problem},
};
use hearth_protocol::search::SearchPlace;
use hearth_replica::{Further, LocalTime, Query};

/// Questions for one page: the server looks through some thousand messages for each, and most have no hit.
const ROUNDS_MAX: usize = 4;

impl Client {
    /// Messages that are everything that the query says and are not here yet, as the server finds them; nothing where all is here. An
    /// `after` that no page gave begins at the start.
    pub async fn search_further(&self, typed: &str, after: Option<&str>) -> Result<FurtherPage, Problem> {
        let session = self.session()?;
        let query = Query::parse(typed, &LocalTime::here(wall_ms()));
        let mut from: Option<SearchPlace> = after.and_then(|after| serde_json::from_str(after).ok());
        let mut page = FurtherPage { hits: vec![], next: None, problem: None };
        for _ in 0..ROUNDS_MAX {
            let Some(Further { request, behind }) = session.checked(session.replica.further(&query, from).await)? else {
                from = None;
                break;
            };
            let answer = match self.server() {
                Ok(server) => server.search(&request).await.map_err(needs_server),
                Err(problem) => Err(problem),
            };
            let found = match answer {
                Ok(found) => found,
                Err(problem) => {
                    page.problem = Some(problem);
                    break;
                }
            };
            from = found.next.or(behind);
            let hits = session.checked(session.replica.found_further(&query, found.hits).await)?;
            page.hits.extend(hits.into_iter().map(hit));
            if from.is_none() || !page.hits.is_empty() {
                break;
            }
        }
        page.next = from.map(|from| serde_json::to_string(&from)).transpose().map_err(Problem::internal)?;
        Ok(page)
    }
}
